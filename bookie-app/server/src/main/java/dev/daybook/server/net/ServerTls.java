package dev.daybook.server.net;

import dev.daybook.client.net.ReloadingContext;
import dev.daybook.client.net.ReloadingFiles.NamedFile;
import io.netty.handler.ssl.ClientAuth;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslContextBuilder;
import io.netty.handler.ssl.SslProvider;
import java.util.ArrayList;
import java.util.List;
import javax.net.ssl.SSLException;

/** Makes the context of the bookie's port from its files. */
final class ServerTls {
    private static final String[] PROTOCOLS = {"TLSv1.3", "TLSv1.2"};

    private ServerTls() {}

    /** @throws IllegalArgumentException with one sentence if files cannot be used */
    static ReloadingContext context(BookieTls config) {
        List<NamedFile> files = new ArrayList<>();
        files.add(new NamedFile("daybook.bookie.tls.certificate", config.certificates()));
        files.add(new NamedFile("daybook.bookie.tls.private-key", config.privateKey()));
        config.clientAuthorities()
                .ifPresent(path -> files.add(new NamedFile("daybook.bookie.tls.client-authorities", path)));
        return new ReloadingContext(files, config.reloadInterval(), () -> make(config));
    }

    private static SslContext make(BookieTls config) throws SSLException {
        SslContextBuilder builder = SslContextBuilder.forServer(
                        config.certificates().toFile(), config.privateKey().toFile())
                .sslProvider(SslProvider.JDK)
                .protocols(PROTOCOLS);
        if (config.clientAuthorities().isPresent()) {
            builder.trustManager(config.clientAuthorities().get().toFile())
                    .clientAuth(config.clientCertificateRequired() ? ClientAuth.REQUIRE : ClientAuth.OPTIONAL);
        }
        return builder.build();
    }
}
