package dev.daybook.client.loop;

import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/**
 * How many payload bytes are between the application and the bookies. Bytes count until no bookie is waited for any
 * more, not only until the entry is acknowledged: otherwise one slow bookie of three would fill the memory. First come,
 * first served. Thread-safe.
 */
final class PendingBytes {
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
     * @return false if there was none within the deadline
     */
    boolean take(int bytes, Duration deadline) throws InterruptedException {
        return free.tryAcquire(bytes) || free.tryAcquire(bytes, deadline.toNanos(), TimeUnit.NANOSECONDS);
    }

    boolean takeNow(int bytes) {
        return free.tryAcquire(bytes);
    }

    void giveBack(int bytes) {
        free.release(bytes);
    }

    long maxBytes() {
        return maxBytes;
    }
}
