package dev.daybook.client.meta;

import dev.daybook.protocol.model.BookieId;
import java.util.List;
import java.util.Map;

/** What the metadata service knows of one bookie. */
public record BookieRecord(BookieId id, State state, List<Endpoint> endpoints, Map<String, String> properties) {
    /** {@code DOWN}: a cookie exists, but no registration. */
    public enum State {
        WRITABLE,
        READ_ONLY,
        DOWN
    }

    /** An address that the bookie advertises, for instance protocol {@code bookie-rpc} or {@code http}. */
    public record Endpoint(String id, String host, int port, String protocol, List<String> extensions) {
        public Endpoint {
            extensions = List.copyOf(extensions);
        }
    }

    public BookieRecord {
        endpoints = List.copyOf(endpoints);
        properties = Map.copyOf(properties);
    }
}
