package dev.daybook.client.loop;

import java.util.concurrent.TimeUnit;

/**
 * Spreads what all repairs of a client read over time. A read is paid for when its size is known, so the next ones wait;
 * over a second the limit holds. What is owed is paid at the limit of now, so a new one counts at once. Thread-safe.
 */
final class RepairPace {
    private static final double NANOS_PER_SECOND = TimeUnit.SECONDS.toNanos(1);

    /** So that nobody sleeps through a new limit. */
    private static final long PAUSE_NANOS_MAX = TimeUnit.SECONDS.toNanos(1);

    private long bytesPerSecond;
    private double owedBytes;
    private long settledNanos;

    /** @param newBytesPerSecond 0 for no limit */
    synchronized void limit(long newBytesPerSecond) {
        if (newBytesPerSecond < 0) {
            throw new IllegalArgumentException("the limit of repairs is negative: " + newBytesPerSecond);
        }
        bytesPerSecond = newBytesPerSecond;
    }

    /** How long to wait before asking again whether the next read may begin; 0 if it may. */
    synchronized long pauseNanos(long nowNanos) {
        settle(nowNanos);
        return owedBytes == 0
                ? 0
                : Math.max(1, Math.min(PAUSE_NANOS_MAX, (long) (owedBytes * NANOS_PER_SECOND / bytesPerSecond)));
    }

    synchronized void onRead(long bytes, long nowNanos) {
        settle(nowNanos);
        if (bytesPerSecond > 0) {
            owedBytes += bytes;
        }
    }

    private void settle(long nowNanos) {
        double paid = (nowNanos - settledNanos) * bytesPerSecond / NANOS_PER_SECOND;
        owedBytes = bytesPerSecond == 0 ? 0 : Math.max(0, owedBytes - Math.max(0, paid));
        settledNanos = nowNanos;
    }
}
