package dev.daybook.client.meta.zookeeper;

import dev.daybook.client.meta.BookieRegistryContract;
import dev.daybook.client.meta.ContractCluster;
import dev.daybook.client.meta.ElectionContract;
import dev.daybook.client.meta.JobStoreContract;
import dev.daybook.client.meta.LossyCluster;
import dev.daybook.client.meta.MetadataStore;
import dev.daybook.client.meta.MetadataStoreContract;
import dev.daybook.client.meta.MetadataUri;
import dev.daybook.client.meta.RecordStoreContract;
import dev.daybook.client.meta.RepairStoreContract;
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

    private static ContractCluster freshCluster(String type) {
        return new ZooKeeperCluster(zooKeeper.uri(type, freshRoot()));
    }

    private static ContractCluster lossyCluster() {
        return new LossyCluster(
                zooKeeper.port(),
                ANSWERS_PER_LOSS,
                SEED,
                port -> new ZooKeeperCluster(MetadataUri.parse("zk://127.0.0.1:" + port + freshRoot())));
    }

    private static String freshRoot() {
        return "/deep/cluster" + ROOTS.incrementAndGet();
    }

    private record ZooKeeperCluster(MetadataUri uri) implements ContractCluster {
        @Override
        public MetadataStore connect() {
            return ZooKeeperMetadataStore.connectOrInitialise(
                    uri, Duration.ofSeconds(30), Duration.ofSeconds(2), Duration.ofSeconds(30));
        }

        @Override
        public void loseSession(MetadataStore session) {
            zooKeeper.expire(((ZooKeeperMetadataStore) session).sessionId());
        }
    }

    @Nested
    class Hierarchical extends MetadataStoreContract {
        @Override
        protected ContractCluster newCluster() {
            return freshCluster("");
        }
    }

    @Nested
    class LongHierarchical extends MetadataStoreContract {
        @Override
        protected ContractCluster newCluster() {
            return freshCluster("+longhierarchical");
        }
    }

    @Nested
    class Flat extends MetadataStoreContract {
        @Override
        protected ContractCluster newCluster() {
            return freshCluster("+flat");
        }
    }

    /** The contract holds also when answers get lost all the time, with their connections. */
    @Nested
    class LossyLedgers extends MetadataStoreContract {
        @Override
        protected ContractCluster newCluster() {
            return lossyCluster();
        }
    }

    @Nested
    class Bookies extends BookieRegistryContract {
        @Override
        protected ContractCluster newCluster() {
            return freshCluster("+hierarchical");
        }
    }

    @Nested
    class Repairs extends RepairStoreContract {
        @Override
        protected ContractCluster newCluster() {
            return freshCluster("");
        }
    }

    @Nested
    class LossyRepairs extends RepairStoreContract {
        @Override
        protected ContractCluster newCluster() {
            return lossyCluster();
        }
    }

    @Nested
    class Elections extends ElectionContract {
        @Override
        protected ContractCluster newCluster() {
            return freshCluster("");
        }
    }

    @Nested
    class Records extends RecordStoreContract {
        @Override
        protected ContractCluster newCluster() {
            return freshCluster("");
        }
    }

    @Nested
    class Jobs extends JobStoreContract {
        @Override
        protected ContractCluster newCluster() {
            return freshCluster("");
        }
    }
}
