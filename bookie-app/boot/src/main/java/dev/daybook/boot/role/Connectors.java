package dev.daybook.boot.role;

import dev.daybook.client.LedgerException;
import dev.daybook.client.meta.MetadataUri;
import dev.daybook.client.meta.zookeeper.ZooKeeperMetadataStore;
import dev.daybook.server.MetadataConnector;
import java.time.Duration;

/** Where roles get their session with the metadata service. */
public final class Connectors {
    /** How long a role waits for the metadata service unless it is told otherwise. */
    public static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(10);

    private static final Duration OPERATION_TIMEOUT = Duration.ofSeconds(10);

    private Connectors() {}

    public static MetadataConnector zooKeeper(MetadataUri uri, Duration connectTimeout, Duration sessionTimeout) {
        return mayInitialise -> mayInitialise
                ? ZooKeeperMetadataStore.connectOrInitialise(uri, connectTimeout, sessionTimeout, OPERATION_TIMEOUT)
                : ZooKeeperMetadataStore.connect(uri, connectTimeout, sessionTimeout, OPERATION_TIMEOUT);
    }

    /**
     * Creates the cluster's root unless it exists.
     *
     * @return true if this call created it
     * @throws RoleRefused when the metadata service cannot be used
     */
    public static boolean initialise(MetadataUri uri, Duration sessionTimeout) {
        try {
            return ZooKeeperMetadataStore.initialise(uri, CONNECT_TIMEOUT, sessionTimeout);
        } catch (LedgerException e) {
            throw new RoleRefused(RoleRefused.CONFIGURATION, String.valueOf(e.getMessage()), e);
        }
    }
}
