package dev.daybook.metadata.etcd;

import dev.daybook.client.meta.BookieRegistryContract;
import dev.daybook.client.meta.ElectionContract;
import dev.daybook.client.meta.JobStoreContract;
import dev.daybook.client.meta.LossyProxy;
import dev.daybook.client.meta.MetadataStore;
import dev.daybook.client.meta.MetadataStoreContract;
import dev.daybook.client.meta.MetadataStores;
import dev.daybook.client.meta.MetadataTimeouts;
import dev.daybook.client.meta.MetadataUri;
import dev.daybook.client.meta.RecordStoreContract;
import dev.daybook.client.meta.RepairStoreContract;
import dev.daybook.client.meta.SettlingStore;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Nested;

/** The contracts on a real etcd server, through the driver that the URI finds. */
class EtcdMetadataStoreTest {
    private static final AtomicInteger ROOTS = new AtomicInteger();
    private static final int ANSWERS_PER_LOSS = 30;
    private static final long SEED = Long.getLong("daybook.seed", System.nanoTime());
    private static TestEtcd etcd;

    @BeforeAll
    static void startServer() {
        etcd = new TestEtcd();
        System.out.println("EtcdMetadataStoreTest: -Ddaybook.seed=" + SEED);
    }

    @AfterAll
    static void stopServer() {
        if (etcd != null) {
            etcd.close();
        }
    }

    private static MetadataUri freshCluster() {
        return etcd.uri("/deep/cluster" + ROOTS.incrementAndGet());
    }

    private static MetadataStore connect(MetadataUri uri) {
        return MetadataStores.connectOrInitialise(
                uri, new MetadataTimeouts(Duration.ofSeconds(30), Duration.ofSeconds(1), Duration.ofSeconds(30)));
    }

    @Nested
    class Ledgers extends MetadataStoreContract {
        private final MetadataUri uri = freshCluster();

        @Override
        protected MetadataStore connect() {
            return EtcdMetadataStoreTest.connect(uri);
        }

        @Override
        protected boolean keepsCreationTimes() {
            return false;
        }
    }

    /** The contract holds also when answers get lost all the time, with their connections. */
    @Nested
    class LossyLedgers extends MetadataStoreContract {
        private final LossyProxy proxy = new LossyProxy(etcd.port());
        private final String root = "/lossy" + ROOTS.incrementAndGet();

        @Override
        protected MetadataStore connect() {
            proxy.loseOneIn(0, 0);
            MetadataStore store =
                    EtcdMetadataStoreTest.connect(MetadataUri.parse("etcd://127.0.0.1:" + proxy.port() + root));
            proxy.loseOneIn(ANSWERS_PER_LOSS, SEED);
            return SettlingStore.over(store);
        }

        @Override
        protected boolean keepsCreationTimes() {
            return false;
        }

        @Override
        protected void sessionsClosed() {
            proxy.close();
        }
    }

    @Nested
    class Repairs extends RepairStoreContract {
        private final MetadataUri uri = freshCluster();

        @Override
        protected MetadataStore connect() {
            return EtcdMetadataStoreTest.connect(uri);
        }

        @Override
        protected void loseSession(MetadataStore session) {
            etcd.revoke(((EtcdMetadataStore) session).leaseId());
        }
    }

    @Nested
    class LossyRepairs extends RepairStoreContract {
        private final LossyProxy proxy = new LossyProxy(etcd.port());
        private final String root = "/lossy" + ROOTS.incrementAndGet();

        @Override
        protected MetadataStore connect() {
            proxy.loseOneIn(0, 0);
            MetadataStore store =
                    EtcdMetadataStoreTest.connect(MetadataUri.parse("etcd://127.0.0.1:" + proxy.port() + root));
            proxy.loseOneIn(ANSWERS_PER_LOSS, SEED);
            return store;
        }

        @Override
        protected void loseSession(MetadataStore session) {
            etcd.revoke(((EtcdMetadataStore) session).leaseId());
        }

        @Override
        protected boolean losesAnswers() {
            return true;
        }

        @Override
        protected void sessionsClosed() {
            proxy.close();
        }
    }

    @Nested
    class Elections extends ElectionContract {
        private final MetadataUri uri = freshCluster();

        @Override
        protected MetadataStore connect() {
            return EtcdMetadataStoreTest.connect(uri);
        }

        @Override
        protected void loseSession(MetadataStore session) {
            etcd.revoke(((EtcdMetadataStore) session).leaseId());
        }
    }

    @Nested
    class Records extends RecordStoreContract {
        private final MetadataUri uri = freshCluster();

        @Override
        protected MetadataStore connect() {
            return EtcdMetadataStoreTest.connect(uri);
        }
    }

    @Nested
    class Jobs extends JobStoreContract {
        private final MetadataUri uri = freshCluster();

        @Override
        protected MetadataStore connect() {
            return EtcdMetadataStoreTest.connect(uri);
        }
    }

    @Nested
    class Bookies extends BookieRegistryContract {
        private final MetadataUri uri = freshCluster();

        @Override
        protected MetadataStore connect() {
            return EtcdMetadataStoreTest.connect(uri);
        }
    }
}
