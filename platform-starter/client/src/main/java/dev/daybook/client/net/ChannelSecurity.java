package dev.daybook.client.net;

import dev.daybook.client.net.ReloadingFiles.NamedFile;
import dev.daybook.client.security.ClientAuthentication;
import dev.daybook.client.security.SecurityConfig;
import dev.daybook.client.security.TlsConfig;
import io.netty.buffer.ByteBufAllocator;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslContextBuilder;
import io.netty.handler.ssl.SslHandler;
import io.netty.handler.ssl.SslProvider;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import javax.net.ssl.SSLException;

/** What every connection of a client needs to be secured. Thread-safe. */
final class ChannelSecurity {
    private static final String TRUST = "daybook.tls.trusted-certificates";
    private static final String CERTIFICATE = "daybook.tls.certificate";
    private static final String KEY = "daybook.tls.private-key";
    private static final String[] PROTOCOLS = {"TLSv1.3", "TLSv1.2"};

    private final Optional<ReloadingContext> tls;
    private final Optional<ClientAuthentication> authentication;

    /** @throws IllegalArgumentException with one sentence if files cannot be used */
    ChannelSecurity(SecurityConfig config) {
        this.tls = config.tls().map(ChannelSecurity::context);
        this.authentication = config.authentication();
    }

    private static ReloadingContext context(TlsConfig config) {
        List<NamedFile> files = new ArrayList<>();
        files.add(new NamedFile(TRUST, config.trustedCertificates()));
        config.identity().ifPresent(identity -> {
            files.add(new NamedFile(CERTIFICATE, identity.certificates()));
            files.add(new NamedFile(KEY, identity.privateKey()));
        });
        try {
            return new ReloadingContext(files, config.reloadInterval(), () -> make(config));
        } catch (NoClassDefFoundError e) {
            throw new IllegalArgumentException(
                    "TLS to bookies (" + TRUST + ") needs io.netty:netty-handler on the class path; add it beside"
                            + " daybook-client, or use the Spring Boot starter, which brings it.",
                    e);
        }
    }

    private static SslContext make(TlsConfig config) throws SSLException {
        SslContextBuilder builder = SslContextBuilder.forClient()
                .sslProvider(SslProvider.JDK)
                .protocols(PROTOCOLS)
                .trustManager(config.trustedCertificates().toFile())
                .endpointIdentificationAlgorithm(config.verifyHostName() ? "HTTPS" : "");
        config.identity()
                .ifPresent(identity -> builder.keyManager(
                        identity.certificates().toFile(), identity.privateKey().toFile()));
        return builder.build();
    }

    boolean isOn() {
        return usesTls() || authentication.isPresent();
    }

    boolean usesTls() {
        return tls.isPresent();
    }

    Optional<ClientAuthentication> authentication() {
        return authentication;
    }

    /** The engine compares the certificate with the name of this address, if it shall. */
    SslHandler handler(ByteBufAllocator allocator, InetSocketAddress address) {
        return tls.orElseThrow().current().newHandler(allocator, address.getHostString(), address.getPort());
    }
}
