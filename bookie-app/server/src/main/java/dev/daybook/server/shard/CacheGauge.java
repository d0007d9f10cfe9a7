package dev.daybook.server.shard;

import java.util.concurrent.atomic.AtomicLong;

/** What the write caches of all shards hold together. Thread-safe. */
final class CacheGauge {
    private final long bytesMax;
    private final Runnable onHalfFull;
    private final Runnable onFall;
    private final AtomicLong bytes = new AtomicLong();
    private final AtomicLong entries = new AtomicLong();

    /**
     * @param onHalfFull a flush should begin; must not block
     * @param onFall there may be room again; must not block
     */
    CacheGauge(long bytesMax, Runnable onHalfFull, Runnable onFall) {
        this.bytesMax = bytesMax;
        this.onHalfFull = onHalfFull;
        this.onFall = onFall;
    }

    void changed(long deltaBytes, long deltaEntries) {
        entries.addAndGet(deltaEntries);
        long now = bytes.addAndGet(deltaBytes);
        boolean crossed = now > bytesMax / 2 && now - deltaBytes <= bytesMax / 2;
        if (crossed) {
            onHalfFull.run();
        }
        if (deltaBytes < 0) {
            onFall.run();
        }
    }

    long bytes() {
        return bytes.get();
    }

    long bytesMax() {
        return bytesMax;
    }

    long entries() {
        return entries.get();
    }

    boolean isHalfFull() {
        return bytes.get() > bytesMax / 2;
    }

    /** A flush has to hurry, or adds will wait. */
    boolean isShort() {
        return bytes.get() > bytesMax / 4 * 3;
    }

    boolean isFull() {
        return bytes.get() > bytesMax;
    }
}
