package dev.daybook.client.loop;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Spreads what all repairs of a client read over time. A read is paid for when its size is known, so the next ones wait;
 * over a second the limit holds. Thread-safe.
 */
final class RepairPace {
    private static final double NANOS_PER_SECOND = TimeUnit.SECONDS.toNanos(1);

    /** When everything that was read is paid for. */
    private final AtomicLong paidNanos = new AtomicLong();

    private volatile long bytesPerSecond;

    /** @param newBytesPerSecond 0 for no limit */
    void limit(long newBytesPerSecond) {
        if (newBytesPerSecond < 0) {
            throw new IllegalArgumentException("the limit of repairs is negative: " + newBytesPerSecond);
        }
        bytesPerSecond = newBytesPerSecond;
    }

    /** How long to wait before the next read. */
    long pauseNanos(long nowNanos) {
        return bytesPerSecond == 0 ? 0 : Math.max(0, paidNanos.get() - nowNanos);
    }

    void onRead(long bytes, long nowNanos) {
        long limit = bytesPerSecond;
        if (limit > 0) {
            long costNanos = (long) (bytes * NANOS_PER_SECOND / limit);
            paidNanos.updateAndGet(paid -> Math.max(paid, nowNanos) + costNanos);
        }
    }
}
