package dev.daybook.server.refill;

import dev.daybook.client.repair.RepairRun;
import dev.daybook.core.repair.RepairTally;
import dev.daybook.metrics.BookieMetrics;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.atomic.AtomicLong;

/** Counts what a refill does and remembers what it could not do. Thread-safe. */
final class RefillProgress {
    private final BookieMetrics metrics;
    private final Map<Long, RepairRun> underWay = new ConcurrentHashMap<>();
    private final ConcurrentSkipListMap<Long, String> staying = new ConcurrentSkipListMap<>();
    private final AtomicLong ledgersLeft = new AtomicLong();
    private final AtomicLong ledgersFilled = new AtomicLong();
    private final AtomicLong entriesCopied = new AtomicLong();
    private final AtomicLong bytesCopied = new AtomicLong();

    RefillProgress(BookieMetrics metrics) {
        this.metrics = metrics;
    }

    /** @param limbo all that are in limbo now */
    void counted(Set<Long> limbo) {
        staying.keySet().retainAll(limbo);
        ledgersLeft.set(limbo.size());
        tell();
    }

    void began(long ledgerId, RepairRun run) {
        underWay.put(ledgerId, run);
    }

    void ended(long ledgerId, RepairTally tally) {
        underWay.remove(ledgerId);
        entriesCopied.addAndGet(tally.copies());
        bytesCopied.addAndGet(tally.bytes());
        metrics.refilled(0, tally.copies(), tally.bytes());
    }

    /** @param why one sentence for a person */
    void stays(long ledgerId, String why) {
        underWay.remove(ledgerId);
        staying.put(ledgerId, why);
        tell();
    }

    void filled(long ledgerId) {
        staying.remove(ledgerId);
        ledgersLeft.decrementAndGet();
        ledgersFilled.incrementAndGet();
        metrics.refilled(1, 0, 0);
        tell();
    }

    private void tell() {
        metrics.limbo(ledgersLeft.get(), staying.size());
    }

    /** Grows with everything that was gained. */
    long gained() {
        return ledgersFilled.get() + entriesCopied.get();
    }

    RefillStatus status(boolean running, String problem) {
        long entries = entriesCopied.get();
        long bytes = bytesCopied.get();
        for (RepairRun run : underWay.values()) {
            RepairTally tally = run.progress();
            entries += tally.copies();
            bytes += tally.bytes();
        }
        return new RefillStatus(running, ledgersLeft.get(), ledgersFilled.get(), entries, bytes, staying, problem);
    }
}
