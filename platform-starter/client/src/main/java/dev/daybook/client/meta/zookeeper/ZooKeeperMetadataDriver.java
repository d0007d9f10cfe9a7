package dev.daybook.client.meta.zookeeper;

import dev.daybook.client.meta.MetadataAccess;
import dev.daybook.client.meta.MetadataDriver;
import dev.daybook.client.meta.MetadataStore;
import java.time.Duration;

/** The driver for ZooKeeper, which needs no further module. */
public final class ZooKeeperMetadataDriver implements MetadataDriver {
    /** Of the URIs that this driver serves. */
    public static final String SCHEME = "zk";

    /** A million ledgers take minutes; each single operation ends much earlier. */
    private static final Duration FORMAT_TIMEOUT = Duration.ofHours(12);

    @Override
    public String scheme() {
        return SCHEME;
    }

    @Override
    public MetadataStore connect(MetadataAccess access, boolean mayInitialise) {
        return mayInitialise
                ? ZooKeeperMetadataStore.connectOrInitialise(access)
                : ZooKeeperMetadataStore.connect(access);
    }

    @Override
    public boolean initialise(MetadataAccess access) {
        return ZooKeeperMetadataStore.initialise(access);
    }

    @Override
    public boolean exists(MetadataAccess access) {
        return ZooKeeperMetadataStore.once(access, access.timeouts().connect(), tree -> tree.exists(""));
    }

    @Override
    public String format(MetadataAccess access, String instanceId) {
        return ZooKeeperMetadataStore.once(access, FORMAT_TIMEOUT, tree -> new ClusterFormat(tree).format(instanceId));
    }
}
