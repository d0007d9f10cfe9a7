package dev.daybook.metadata.etcd;

import dev.daybook.client.security.PemFiles;
import dev.daybook.client.security.TlsConfig;
import dev.daybook.client.security.TlsConfig.Identity;
import io.grpc.ChannelCredentials;
import io.grpc.TlsChannelCredentials;
import java.io.IOException;

/** TLS to etcd from files, which are read when a store is opened. */
final class EtcdTls {
    private static final String PREFIX = "daybook.metadata.tls";

    private EtcdTls() {}

    /** @throws IllegalArgumentException with one sentence that names the property */
    static ChannelCredentials credentials(TlsConfig config) {
        if (!config.verifyHostName()) {
            throw new IllegalArgumentException(PREFIX
                    + ".verify-host-name cannot be switched off for etcd: give its members certificates for the hosts"
                    + " that daybook.metadata-uri names");
        }
        PemFiles.check(config, PREFIX);
        try {
            TlsChannelCredentials.Builder builder = TlsChannelCredentials.newBuilder()
                    .trustManager(config.trustedCertificates().toFile());
            if (config.identity().isPresent()) {
                Identity identity = config.identity().get();
                builder.keyManager(
                        identity.certificates().toFile(), identity.privateKey().toFile());
            }
            return builder.build();
        } catch (IOException e) {
            throw new IllegalArgumentException(
                    "The files that " + PREFIX + ".* names cannot be read (" + e.getMessage() + ")", e);
        }
    }
}
