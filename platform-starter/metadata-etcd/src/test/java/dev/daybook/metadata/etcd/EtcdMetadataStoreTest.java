package dev.daybook.metadata.etcd;

import dev.daybook.client.meta.BookieRegistryContract;
import dev.daybook.client.meta.ContractCluster;
import dev.daybook.client.meta.ElectionContract;
import dev.daybook.client.meta.JobStoreContract;
import dev.daybook.client.meta.LossyCluster;
import dev.daybook.client.meta.MetadataStore;
import dev.daybook.client.meta.MetadataStoreContract;
import dev.daybook.client.meta.MetadataStores;
import dev.daybook.client.meta.MetadataTimeouts;
import dev.daybook.client.meta.MetadataUri;
import dev.daybook.client.meta.RecordStoreContract;
import dev.daybook.client.meta.RepairStoreContract;
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

    private static ContractCluster freshCluster() {
        return new EtcdCluster(etcd.uri(freshRoot()));
    }

    private static ContractCluster lossyCluster() {
        return new LossyCluster(
                etcd.port(),
                ANSWERS_PER_LOSS,
                SEED,
                port -> new EtcdCluster(MetadataUri.parse("etcd://127.0.0.1:" + port + freshRoot())));
    }

    private static String freshRoot() {
        return "/deep/cluster" + ROOTS.incrementAndGet();
    }

    private record EtcdCluster(MetadataUri uri) implements ContractCluster {
        @Override
        public MetadataStore connect() {
            return MetadataStores.connectOrInitialise(
                    uri, new MetadataTimeouts(Duration.ofSeconds(30), Duration.ofSeconds(1), Duration.ofSeconds(30)));
        }

        @Override
        public void loseSession(MetadataStore session) {
            etcd.revoke(((EtcdMetadataStore) session).leaseId());
        }

        @Override
        public boolean keepsCreationTimes() {
            return false;
        }
    }

    @Nested
    class Ledgers extends MetadataStoreContract {
        @Override
        protected ContractCluster newCluster() {
            return freshCluster();
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
    class Repairs extends RepairStoreContract {
        @Override
        protected ContractCluster newCluster() {
            return freshCluster();
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
            return freshCluster();
        }
    }

    @Nested
    class Records extends RecordStoreContract {
        @Override
        protected ContractCluster newCluster() {
            return freshCluster();
        }
    }

    @Nested
    class Jobs extends JobStoreContract {
        @Override
        protected ContractCluster newCluster() {
            return freshCluster();
        }
    }

    @Nested
    class Bookies extends BookieRegistryContract {
        @Override
        protected ContractCluster newCluster() {
            return freshCluster();
        }
    }
}
