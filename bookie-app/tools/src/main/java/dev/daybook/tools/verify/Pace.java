package dev.daybook.tools.verify;

import dev.daybook.engine.compaction.TokenBucket;
import java.util.concurrent.locks.LockSupport;

/** Counts what was read, tells it, and waits where a rate was asked for. */
final class Pace {
    private final VerifyListener listener;
    private final TokenBucket bucket;
    private final long bytesTotal;
    private long bytes;

    /** @param bytesPerSecond 0: as fast as the disk can */
    Pace(VerifyListener listener, long bytesPerSecond, long bytesTotal) {
        this.listener = listener;
        this.bucket = new TokenBucket(bytesPerSecond, bytesPerSecond, System.nanoTime());
        this.bytesTotal = bytesTotal;
    }

    void read(String what, long count) {
        bytes += count;
        listener.progress(what, bytes, bytesTotal);
        long waitNanos = bucket.take(count, System.nanoTime());
        if (waitNanos > 0) {
            LockSupport.parkNanos(waitNanos);
        }
    }
}
