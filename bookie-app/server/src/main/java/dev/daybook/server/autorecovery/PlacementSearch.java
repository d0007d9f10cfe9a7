package dev.daybook.server.autorecovery;

import dev.daybook.client.meta.MetadataStore;
import dev.daybook.client.repair.LedgerRepairs;
import dev.daybook.core.place.Adherence;
import dev.daybook.metrics.RecoveryMetrics;
import dev.daybook.protocol.model.LedgerId;
import dev.daybook.protocol.model.LedgerMetadata;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Counts closed ledgers whose ensembles do not keep to the placement policy, or only when there is no other choice, and
 * marks the former if it is told to. Source: auto-recovery specification, section 3.6.
 */
final class PlacementSearch implements LedgerSearch {
    private final MetadataStore store;
    private final LedgerRepairs repairs;
    private final RecoveryMetrics metrics;
    private final Optional<MarkWriter> marks;
    private final AtomicLong failing = new AtomicLong();
    private final AtomicLong soft = new AtomicLong();

    /** @param marks absent if nothing shall be marked */
    PlacementSearch(MetadataStore store, LedgerRepairs repairs, RecoveryMetrics metrics, Optional<MarkWriter> marks) {
        this.marks = marks;
        this.store = store;
        this.repairs = repairs;
        this.metrics = metrics;
    }

    @Override
    public CompletionStage<Void> look(LedgerId ledger) {
        return store.read(ledger)
                .thenCompose(found -> found.filter(record -> record.value().isClosed())
                        .map(record -> judge(ledger, record.value()))
                        .orElseGet(() -> CompletableFuture.completedFuture(null)));
    }

    private CompletionStage<Void> judge(LedgerId ledger, LedgerMetadata metadata) {
        return repairs.adherence(ledger, metadata).thenCompose(adherence -> {
            if (adherence == Adherence.MEETS_SOFT) {
                soft.incrementAndGet();
            }
            if (adherence != Adherence.FAILS) {
                return CompletableFuture.completedFuture(null);
            }
            failing.incrementAndGet();
            return marks.map(writer -> writer.markMisplaced(ledger))
                    .orElseGet(() -> CompletableFuture.completedFuture(null));
        });
    }

    @Override
    public void completed() {
        metrics.misplaced(failing.get(), soft.get());
    }
}
