package dev.daybook.protocol.model;

import java.util.List;

/** An address that a bookie advertises, for instance with protocol {@code bookie-rpc} or {@code http}. */
public record BookieEndpoint(
        String id, String host, int port, String protocol, List<String> auth, List<String> extensions) {
    /** Protocol name of the endpoint that clients connect to. */
    public static final String BOOKIE_RPC = "bookie-rpc";

    /** Protocol name of the endpoint that serves operators: usage, health and metrics. */
    public static final String HTTP = "http";

    /** The extension of an endpoint that can be talked to over TLS, maybe besides clear text. */
    public static final String TLS = "tls";

    public BookieEndpoint {
        auth = List.copyOf(auth);
        extensions = List.copyOf(extensions);
    }
}
