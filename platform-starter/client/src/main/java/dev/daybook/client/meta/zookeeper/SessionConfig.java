package dev.daybook.client.meta.zookeeper;

import dev.daybook.client.security.TlsConfig;
import java.nio.file.Path;
import java.util.Optional;
import org.apache.zookeeper.client.ZKClientConfig;

/**
 * Settings of ZooKeeper's own client: the limit of an answer from the system property {@code jute.maxbuffer}, TLS if it is
 * wanted, and otherwise its defaults. The original reads the names of its TLS properties from a class that cannot be loaded
 * without Netty's TLS, which a client with plain connections does not have on its class path.
 */
final class SessionConfig extends ZKClientConfig {
    private static final String SSL = "zookeeper.ssl.";
    private static final String PEM = "PEM";

    SessionConfig() {
        setProperty(ENABLE_CLIENT_SASL_KEY, "false");
    }

    /** @param identity one file with the certificates and the key that the service is shown */
    static SessionConfig secured(TlsConfig tls, Optional<Path> identity) {
        SessionConfig config = new SessionConfig();
        config.setProperty(SECURE_CLIENT, "true");
        config.setProperty(ZOOKEEPER_CLIENT_CNXN_SOCKET, "org.apache.zookeeper.ClientCnxnSocketNetty");
        config.setProperty(
                SSL + "trustStore.location", tls.trustedCertificates().toString());
        config.setProperty(SSL + "trustStore.type", PEM);
        config.setProperty(SSL + "hostnameVerification", Boolean.toString(tls.verifyHostName()));
        identity.ifPresent(file -> {
            config.setProperty(SSL + "keyStore.location", file.toString());
            config.setProperty(SSL + "keyStore.type", PEM);
        });
        return config;
    }

    /** Called by the original's constructor. */
    @Override
    protected void handleBackwardCompatibility() {
        String largestAnswer = System.getProperty(JUTE_MAXBUFFER);
        if (largestAnswer != null) {
            setProperty(JUTE_MAXBUFFER, largestAnswer);
        }
    }
}
