package dev.daybook.boot.bench;

import java.util.concurrent.atomic.LongAdder;
import org.HdrHistogram.ConcurrentHistogram;
import org.HdrHistogram.Histogram;

/**
 * Counts and times what completes between the end of the warm-up and the end of the run. Any thread records. What was
 * submitted before the window but completes in it counts with its whole latency: leaving it out would favour slow runs.
 */
final class Measurement {
    private static final long HIGHEST_NANOS = 3_600_000_000_000L;
    private static final int DIGITS = 3;

    private final ConcurrentHistogram nanos = new ConcurrentHistogram(1, HIGHEST_NANOS, DIGITS);
    private final LongAdder entries = new LongAdder();
    private final LongAdder bytes = new LongAdder();
    private final boolean endsByTime;
    private final long fromNanos;
    private volatile long untilNanos;

    private Measurement(boolean endsByTime, long fromNanos, long untilNanos) {
        this.endsByTime = endsByTime;
        this.fromNanos = fromNanos;
        this.untilNanos = untilNanos;
    }

    /** @param nowNanos when the warm-up begins */
    static Measurement begin(Load load, long nowNanos) {
        long from = nowNanos + load.warmup().toNanos();
        return new Measurement(!load.endsByCount(), from, from + load.measured().toNanos());
    }

    long fromNanos() {
        return fromNanos;
    }

    boolean isWarm(long nowNanos) {
        return nowNanos - fromNanos >= 0;
    }

    /** Whether the time is over; a run that ends by count never is. */
    boolean isOver(long nowNanos) {
        return endsByTime && nowNanos - untilNanos >= 0;
    }

    /** Until the window ends by itself. */
    long nanosLeft(long nowNanos) {
        return endsByTime ? untilNanos - nowNanos : Long.MAX_VALUE;
    }

    /** Everything is answered; ends the window of a run that ends by count. */
    void finish(long nowNanos) {
        if (!endsByTime) {
            untilNanos = nowNanos;
        }
    }

    void completed(long startNanos, long nowNanos, long entryCount, long byteCount) {
        if (!isWarm(nowNanos) || isOver(nowNanos)) {
            return;
        }
        nanos.recordValue(Math.min(HIGHEST_NANOS, Math.max(1, nowNanos - startNanos)));
        entries.add(entryCount);
        bytes.add(byteCount);
    }

    long entries() {
        return entries.sum();
    }

    long bytes() {
        return bytes.sum();
    }

    double seconds() {
        return Math.max(1, untilNanos - fromNanos) / 1e9;
    }

    Histogram latencyNanos() {
        return nanos.copy();
    }
}
