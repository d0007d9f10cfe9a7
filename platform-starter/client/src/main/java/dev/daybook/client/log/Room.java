package dev.daybook.client.log;

import java.util.concurrent.TimeUnit;

/** Bytes under way, with a limit. Thread-safe. */
final class Room {
    private final long maxBytes;
    private long usedBytes;

    Room(long maxBytes) {
        this.maxBytes = maxBytes;
    }

    /** Waits for room; a single record above the limit gets in when it is alone. False when the time is over. */
    synchronized boolean enter(int bytes, long waitMillis) throws InterruptedException {
        long deadline = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(waitMillis);
        while (usedBytes > 0 && usedBytes + bytes > maxBytes) {
            long restMillis = TimeUnit.NANOSECONDS.toMillis(deadline - System.nanoTime());
            if (restMillis <= 0) {
                return false;
            }
            wait(restMillis);
        }
        usedBytes += bytes;
        return true;
    }

    synchronized void leave(int bytes) {
        usedBytes -= bytes;
        notifyAll();
    }
}
