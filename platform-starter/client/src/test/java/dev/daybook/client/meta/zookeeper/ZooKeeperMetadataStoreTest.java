package dev.daybook.client.meta.zookeeper;

import dev.daybook.client.meta.BookieRegistryContract;
import dev.daybook.client.meta.ElectionContract;
import dev.daybook.client.meta.JobStoreContract;
import dev.daybook.client.meta.LossyProxy;
import dev.daybook.client.meta.MetadataStore;
import dev.daybook.client.meta.MetadataStoreContract;
import dev.daybook.client.meta.MetadataUri;
import dev.daybook.client.meta.RecordStoreContract;
import dev.daybook.client.meta.RepairStoreContract;
import dev.daybook.client.meta.SettlingStore;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Nested;

/** The contracts on ZooKeeper, in each layout that new clusters may have. */
class ZooKeeperMetadataStoreTest {
    private static final AtomicInteger ROOTS = new AtomicInteger();

    /** Each loss costs up to a second, which ZooKeeper's client waits before it connects again. */
    private static final int ANSWERS_PER_LOSS = 100;

    private static final long SEED = Long.getLong("daybook.seed", System.nanoTime());
    private static TestZooKeeper zooKeeper;

    @BeforeAll
    static void startServer() {
        zooKeeper = new TestZooKeeper();
        System.out.println("ZooKeeperMetadataStoreTest: -Ddaybook.seed=" + SEED);
    }

    @AfterAll
    static void stopServer() {
        zooKeeper.close();
    }

    private static MetadataUri freshCluster(String type) {
        return zooKeeper.uri(type, "/deep/cluster" + ROOTS.incrementAndGet());
    }

    private static MetadataStore connect(MetadataUri uri) {
        return ZooKeeperMetadataStore.connectOrInitialise(
                uri, Duration.ofSeconds(30), Duration.ofSeconds(2), Duration.ofSeconds(30));
    }

    @Nested
    class Hierarchical extends MetadataStoreContract {
        private final MetadataUri uri = freshCluster("");

        @Override
        protected MetadataStore connect() {
            return ZooKeeperMetadataStoreTest.connect(uri);
        }
    }

    @Nested
    class LongHierarchical extends MetadataStoreContract {
        private final MetadataUri uri = freshCluster("+longhierarchical");

        @Override
        protected MetadataStore connect() {
            return ZooKeeperMetadataStoreTest.connect(uri);
        }
    }

    @Nested
    class Flat extends MetadataStoreContract {
        private final MetadataUri uri = freshCluster("+flat");

        @Override
        protected MetadataStore connect() {
            return ZooKeeperMetadataStoreTest.connect(uri);
        }
    }

    /** The contract holds also when answers get lost all the time, with their connections. */
    @Nested
    class LossyLedgers extends MetadataStoreContract {
        private final LossyProxy proxy = new LossyProxy(zooKeeper.port());
        private final String root = "/lossy" + ROOTS.incrementAndGet();

        @Override
        protected MetadataStore connect() {
            proxy.loseOneIn(0, 0);
            MetadataStore store =
                    ZooKeeperMetadataStoreTest.connect(MetadataUri.parse("zk://127.0.0.1:" + proxy.port() + root));
            proxy.loseOneIn(ANSWERS_PER_LOSS, SEED);
            return SettlingStore.over(store);
        }

        @Override
        protected void sessionsClosed() {
            proxy.close();
        }
    }

    @Nested
    class Bookies extends BookieRegistryContract {
        private final MetadataUri uri = freshCluster("+hierarchical");

        @Override
        protected MetadataStore connect() {
            return ZooKeeperMetadataStoreTest.connect(uri);
        }
    }

    @Nested
    class Repairs extends RepairStoreContract {
        private final MetadataUri uri = freshCluster("");

        @Override
        protected MetadataStore connect() {
            return ZooKeeperMetadataStoreTest.connect(uri);
        }

        @Override
        protected void loseSession(MetadataStore session) {
            zooKeeper.expire(((ZooKeeperMetadataStore) session).sessionId());
        }
    }

    @Nested
    class LossyRepairs extends RepairStoreContract {
        private final LossyProxy proxy = new LossyProxy(zooKeeper.port());
        private final String root = "/lossy" + ROOTS.incrementAndGet();

        @Override
        protected MetadataStore connect() {
            proxy.loseOneIn(0, 0);
            MetadataStore store =
                    ZooKeeperMetadataStoreTest.connect(MetadataUri.parse("zk://127.0.0.1:" + proxy.port() + root));
            proxy.loseOneIn(ANSWERS_PER_LOSS, SEED);
            return store;
        }

        @Override
        protected void loseSession(MetadataStore session) {
            zooKeeper.expire(((ZooKeeperMetadataStore) session).sessionId());
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
        private final MetadataUri uri = freshCluster("");

        @Override
        protected MetadataStore connect() {
            return ZooKeeperMetadataStoreTest.connect(uri);
        }

        @Override
        protected void loseSession(MetadataStore session) {
            zooKeeper.expire(((ZooKeeperMetadataStore) session).sessionId());
        }
    }

    @Nested
    class Records extends RecordStoreContract {
        private final MetadataUri uri = freshCluster("");

        @Override
        protected MetadataStore connect() {
            return ZooKeeperMetadataStoreTest.connect(uri);
        }
    }

    @Nested
    class Jobs extends JobStoreContract {
        private final MetadataUri uri = freshCluster("");

        @Override
        protected MetadataStore connect() {
            return ZooKeeperMetadataStoreTest.connect(uri);
        }
    }
}
