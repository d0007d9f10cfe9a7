package dev.daybook.client.loop;

import dev.daybook.metrics.BookieFailure;
import dev.daybook.metrics.CallOutcome;
import dev.daybook.metrics.ClientMetrics;
import java.util.concurrent.atomic.AtomicLong;

/** What a client has reported. */
final class RecordedMetrics implements ClientMetrics {
    final AtomicLong adds = new AtomicLong();
    final AtomicLong reads = new AtomicLong();
    final AtomicLong readBytes = new AtomicLong();
    final AtomicLong pendingBytes = new AtomicLong();
    final AtomicLong ensembleChanges = new AtomicLong();
    final AtomicLong bookieFailures = new AtomicLong();
    final AtomicLong speculativeReads = new AtomicLong();
    final AtomicLong speculativeReadsWon = new AtomicLong();
    final AtomicLong quarantined = new AtomicLong();
    final AtomicLong repairHints = new AtomicLong();

    @Override
    public void addCompleted(CallOutcome outcome, long nanos, long bytes) {
        adds.incrementAndGet();
    }

    @Override
    public void readCompleted(CallOutcome outcome, long nanos, long bytes) {
        reads.incrementAndGet();
        readBytes.addAndGet(bytes);
    }

    @Override
    public void pendingBytesChanged(long delta) {
        pendingBytes.addAndGet(delta);
    }

    @Override
    public void ensembleChanged() {
        ensembleChanges.incrementAndGet();
    }

    @Override
    public void bookieFailed(BookieFailure reason) {
        bookieFailures.incrementAndGet();
    }

    @Override
    public void speculativeReadSent() {
        speculativeReads.incrementAndGet();
    }

    @Override
    public void speculativeReadWon() {
        speculativeReadsWon.incrementAndGet();
    }

    @Override
    public void quarantineChanged(int delta) {
        quarantined.addAndGet(delta);
    }

    @Override
    public void repairHintSent() {
        repairHints.incrementAndGet();
    }
}
