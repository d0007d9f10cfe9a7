package dev.daybook.server.autorecovery;

import static org.assertj.core.api.Assertions.assertThat;

import dev.daybook.client.meta.RepairStore;
import dev.daybook.client.meta.memory.InMemoryMetadataStore;
import dev.daybook.core.audit.Search;
import dev.daybook.metrics.RecoveryMetrics;
import dev.daybook.protocol.format.UnderReplicationMark;
import dev.daybook.protocol.model.BookieId;
import dev.daybook.protocol.model.BookieServiceInfo;
import dev.daybook.protocol.model.DigestType;
import dev.daybook.protocol.model.Fragment;
import dev.daybook.protocol.model.LedgerId;
import dev.daybook.protocol.model.LedgerMetadata;
import dev.daybook.protocol.model.LedgerPassword;
import dev.daybook.protocol.model.Quorum;
import dev.daybook.protocol.model.Versioned;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import org.junit.jupiter.api.Test;

class LostBookieSearchTest {
    private static final LedgerId LEDGER = new LedgerId(7);
    private static final BookieId THERE = new BookieId("there");
    private static final BookieId AWAY = new BookieId("away");

    private final InMemoryMetadataStore store = new InMemoryMetadataStore();
    private final Set<BookieId> spared = new HashSet<>();
    private final LostBookieSearch search = new LostBookieSearch(
            store, spared::contains, new MarkWriter(new LastingTerm(store.repairs()), RecoveryMetrics.NONE));

    LostBookieSearchTest() {
        Fragment fragment = new Fragment(0, List.of(THERE, AWAY));
        LedgerMetadata record = LedgerMetadata.open(
                new Quorum(2, 2, 2),
                fragment,
                new LedgerMetadata.Credentials(DigestType.CRC32C, LedgerPassword.EMPTY),
                Map.of(),
                1);
        store.create(LEDGER, record).toCompletableFuture().join();
        store.registry()
                .register(THERE, false, new BookieServiceInfo(List.of(), Map.of()))
                .toCompletableFuture()
                .join();
    }

    @Test
    void whoeverGoesAwayWhileTheSearchRunsIsSparedAsWell() {
        spared.add(AWAY);
        search.look(LEDGER).toCompletableFuture().join();
        assertThat(store.repairs().findMark(LEDGER).toCompletableFuture().join())
                .isEmpty();
    }

    @Test
    void whoIsNotWaitedForIsLost() {
        search.look(LEDGER).toCompletableFuture().join();
        assertThat(store.repairs().findMark(LEDGER).toCompletableFuture().join())
                .map(Versioned::value)
                .map(UnderReplicationMark::missing)
                .contains(List.of(AWAY));
    }

    /** A term that never ends. */
    private record LastingTerm(RepairStore marks) implements RepairStore.AuditorTerm {
        @Override
        public long epoch() {
            return 1;
        }

        @Override
        public CompletionStage<Void> mark(LedgerId ledger, Set<BookieId> missing) {
            return marks.mark(ledger, missing);
        }

        @Override
        public CompletionStage<Void> complete(Search search, long millis) {
            throw new UnsupportedOperationException();
        }
    }
}
