package dev.daybook.client.meta;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

/** A cluster for each test of a contract, and the sessions with it, which are closed afterwards. */
public abstract class StoreContract {
    private final List<MetadataStore> opened = new CopyOnWriteArrayList<>();
    private ContractCluster cluster;
    private MetadataStore store;

    /** A cluster that nobody has used yet. */
    protected abstract ContractCluster newCluster();

    @BeforeEach
    void openFirstSession() {
        cluster = newCluster();
        store = session();
    }

    @AfterEach
    void closeSessions() {
        opened.forEach(MetadataStore::close);
        cluster.close();
    }

    protected final ContractCluster cluster() {
        return cluster;
    }

    /** The session that made the cluster. */
    protected final MetadataStore store() {
        return store;
    }

    /** A further session. */
    protected final MetadataStore session() {
        MetadataStore session = cluster.connect();
        opened.add(session);
        return session;
    }
}
