package dev.daybook.client.meta.memory;

import static dev.daybook.client.meta.Samples.get;
import static dev.daybook.client.meta.Samples.ledger;
import static org.assertj.core.api.Assertions.assertThat;

import dev.daybook.client.meta.BookieRegistryContract;
import dev.daybook.client.meta.ContractCluster;
import dev.daybook.client.meta.ElectionContract;
import dev.daybook.client.meta.JobStoreContract;
import dev.daybook.client.meta.MetadataStore;
import dev.daybook.client.meta.MetadataStoreContract;
import dev.daybook.client.meta.RecordStoreContract;
import dev.daybook.client.meta.RepairStoreContract;
import dev.daybook.client.meta.Samples;
import java.util.OptionalLong;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/** The contracts on the in-memory store, and what tests may do with it. */
class InMemoryMetadataStoreTest {
    private record InMemoryCluster(InMemoryMetadataStore first) implements ContractCluster {
        @Override
        public MetadataStore connect() {
            return first.another();
        }

        @Override
        public void loseSession(MetadataStore session) {
            ((InMemoryMetadataStore) session).loseSession();
        }

        @Override
        public boolean listenersHaveAThreadOfTheirOwn() {
            return false;
        }
    }

    private static ContractCluster freshCluster() {
        return new InMemoryCluster(new InMemoryMetadataStore());
    }

    @Nested
    class Ledgers extends MetadataStoreContract {
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
    class Repairs extends RepairStoreContract {
        @Override
        protected ContractCluster newCluster() {
            return freshCluster();
        }
    }

    @Nested
    class Elections extends ElectionContract {
        @Override
        protected ContractCluster newCluster() {
            return freshCluster();
        }
    }

    @Test
    void hasNoHiddenInputWhenItIsGivenTimeAndIdentity() {
        InMemoryMetadataStore store = new InMemoryMetadataStore(() -> 42, "instance");
        get(store.create(ledger(1), Samples.metadata(1)));
        assertThat(get(store.read(ledger(1))).orElseThrow().value().createdMillis())
                .isEqualTo(OptionalLong.of(42));
        assertThat(get(store.instanceId())).contains("instance");
    }
}
