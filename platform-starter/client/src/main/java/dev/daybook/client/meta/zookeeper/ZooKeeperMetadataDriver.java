package dev.daybook.client.meta.zookeeper;

import dev.daybook.client.meta.MetadataDriver;
import dev.daybook.client.meta.MetadataStore;
import dev.daybook.client.meta.MetadataTimeouts;
import dev.daybook.client.meta.MetadataUri;

/** The driver for ZooKeeper, which needs no further module. */
public final class ZooKeeperMetadataDriver implements MetadataDriver {
    /** Of the URIs that this driver serves. */
    public static final String SCHEME = "zk";

    @Override
    public String scheme() {
        return SCHEME;
    }

    @Override
    public MetadataStore connect(MetadataUri uri, MetadataTimeouts timeouts, boolean mayInitialise) {
        return mayInitialise
                ? ZooKeeperMetadataStore.connectOrInitialise(
                        uri, timeouts.connect(), timeouts.session(), timeouts.operation())
                : ZooKeeperMetadataStore.connect(uri, timeouts.connect(), timeouts.session(), timeouts.operation());
    }

    @Override
    public boolean initialise(MetadataUri uri, MetadataTimeouts timeouts) {
        return ZooKeeperMetadataStore.initialise(uri, timeouts.connect(), timeouts.session());
    }
}
