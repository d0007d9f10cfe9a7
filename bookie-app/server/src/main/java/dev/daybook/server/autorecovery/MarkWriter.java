package dev.daybook.server.autorecovery;

import dev.daybook.client.meta.RepairStore.AuditorTerm;
import dev.daybook.metrics.RecoveryMetrics;
import dev.daybook.protocol.model.BookieId;
import dev.daybook.protocol.model.LedgerId;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicLong;

/** Writes and counts the marks of one search. Thread-safe. */
final class MarkWriter {
    private final AuditorTerm term;
    private final RecoveryMetrics metrics;
    private final AtomicLong marked = new AtomicLong();

    MarkWriter(AuditorTerm term, RecoveryMetrics metrics) {
        this.term = term;
        this.metrics = metrics;
    }

    /** All that is missing of a ledger in one write; nothing if nothing is missing. */
    CompletionStage<Void> mark(LedgerId ledger, Set<BookieId> missing) {
        if (missing.isEmpty()) {
            return CompletableFuture.completedFuture(null);
        }
        return write(ledger, missing);
    }

    /** No bookie is missing, only the placement is wrong. */
    CompletionStage<Void> markMisplaced(LedgerId ledger) {
        return write(ledger, Set.of());
    }

    private CompletionStage<Void> write(LedgerId ledger, Set<BookieId> missing) {
        return term.mark(ledger, missing).thenRun(() -> {
            marked.incrementAndGet();
            metrics.ledgerMarked();
        });
    }

    long marked() {
        return marked.get();
    }
}
