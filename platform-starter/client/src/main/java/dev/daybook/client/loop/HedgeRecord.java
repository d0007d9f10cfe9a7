package dev.daybook.client.loop;

import dev.daybook.metrics.ClientMetrics;
import dev.daybook.protocol.model.BookieId;
import java.util.HashSet;
import java.util.Set;

/** Which requests of one read were hedges, and whether one of them won. Costs little until there is one. */
final class HedgeRecord {
    private final ClientMetrics metrics;
    private Set<BookieId> hedged = Set.of();
    private boolean hedging;

    HedgeRecord(ClientMetrics metrics) {
        this.metrics = metrics;
    }

    /** What the task sends is a hedge. */
    void hedge(Runnable task) {
        hedging = true;
        task.run();
        hedging = false;
    }

    void sent(BookieId bookie) {
        if (hedging) {
            metrics.speculativeReadSent();
            hedged = new HashSet<>(hedged);
            hedged.add(bookie);
        }
    }

    /** The read has ended with the answer of this bookie. */
    void wonBy(BookieId bookie) {
        if (hedged.contains(bookie)) {
            metrics.speculativeReadWon();
        }
    }
}
