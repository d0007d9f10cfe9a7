package dev.daybook.metadata.etcd;

import dev.daybook.client.meta.MetadataAccess;
import dev.daybook.client.meta.MetadataDriver;
import dev.daybook.client.meta.MetadataStore;

/** The driver for URIs like {@code etcd://etcd1:2379;etcd2:2379/ledgers}. */
public final class EtcdMetadataDriver implements MetadataDriver {
    @Override
    public String scheme() {
        return "etcd";
    }

    @Override
    public MetadataStore connect(MetadataAccess access, boolean mayInitialise) {
        EtcdSession session = EtcdSession.open(access);
        return session.orClose(() -> {
            Keyspace keys = new Keyspace(session);
            ClusterSetup setup = new ClusterSetup(keys);
            return mayInitialise
                    ? setup.initialise().thenCompose(created -> EtcdMetadataStore.open(keys, setup))
                    : EtcdMetadataStore.open(keys, setup);
        });
    }

    @Override
    public boolean initialise(MetadataAccess access) {
        try (EtcdSession session = EtcdSession.open(access)) {
            return session.orClose(() -> new ClusterSetup(new Keyspace(session)).initialise());
        }
    }

    @Override
    public boolean exists(MetadataAccess access) {
        try (EtcdSession session = EtcdSession.open(access)) {
            return session.orClose(() -> new ClusterSetup(new Keyspace(session)).exists());
        }
    }

    @Override
    public String format(MetadataAccess access, String instanceId) {
        try (EtcdSession session = EtcdSession.open(access)) {
            return session.orClose(() -> new ClusterFormat(new Keyspace(session)).format(instanceId));
        }
    }
}
