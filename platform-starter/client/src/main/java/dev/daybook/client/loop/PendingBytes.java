package dev.daybook.client.loop;

import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;

/**
 * How many payload bytes are between the application and the bookies. Bytes count until no bookie is waited for any
 * more, not only until the entry is acknowledged: otherwise one slow bookie of three would fill the memory. First come,
 * first served. Thread-safe.
 */
final class PendingBytes {
    /** How often a waiting caller looks whether there is something else than room. */
    private static final long LOOK_NANOS = Duration.ofMillis(20).toNanos();

    private final Semaphore free;
    private final long maxBytes;

    PendingBytes(long maxBytes) {
        this.maxBytes = maxBytes;
        // A semaphore counts in int; beyond 2 GiB the limit is 2 GiB.
        this.free = new Semaphore((int) Math.min(maxBytes, Integer.MAX_VALUE), true);
    }

    /**
     * Waits for room.
     *
     * @return false if there was none within the deadline; 0 does not wait
     */
    boolean take(int bytes, Duration deadline) throws InterruptedException {
        return free.tryAcquire(bytes)
                || (!deadline.isZero() && free.tryAcquire(bytes, deadline.toNanos(), TimeUnit.NANOSECONDS));
    }

    /**
     * As {@link #take(int, Duration)}, outside of the order of arrival.
     *
     * @param instead ends the waiting as well
     * @return false if there was no room before the deadline or the other end
     */
    boolean take(int bytes, Duration deadline, BooleanSupplier instead) throws InterruptedException {
        if (free.tryAcquire(bytes)) {
            return true;
        }
        long end = System.nanoTime() + deadline.toNanos();
        for (long left = deadline.toNanos(); left > 0 && !instead.getAsBoolean(); left = end - System.nanoTime()) {
            if (free.tryAcquire(bytes, Math.min(left, LOOK_NANOS), TimeUnit.NANOSECONDS)) {
                return true;
            }
        }
        return false;
    }

    void giveBack(int bytes) {
        free.release(bytes);
    }

    long maxBytes() {
        return maxBytes;
    }
}
