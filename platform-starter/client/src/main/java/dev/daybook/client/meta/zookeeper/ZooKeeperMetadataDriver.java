package dev.daybook.client.meta.zookeeper;

import dev.daybook.client.meta.MetadataAccess;
import dev.daybook.client.meta.MetadataDriver;
import dev.daybook.client.meta.MetadataStore;

/** The driver for ZooKeeper, which needs no further module. */
public final class ZooKeeperMetadataDriver implements MetadataDriver {
    /** Of the URIs that this driver serves. */
    public static final String SCHEME = "zk";

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
}
