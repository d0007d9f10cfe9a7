package dev.daybook.client.meta.zookeeper;

import org.apache.zookeeper.client.ZKClientConfig;

/**
 * Settings of ZooKeeper's own client: the limit of an answer from the system property {@code jute.maxbuffer}, and
 * otherwise its defaults. The original reads the names of its TLS properties from a class that cannot be loaded without
 * Netty's TLS, which a client with plain connections does not have on its class path.
 */
final class PlainConfig extends ZKClientConfig {
    PlainConfig() {
        setProperty(ENABLE_CLIENT_SASL_KEY, "false");
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
