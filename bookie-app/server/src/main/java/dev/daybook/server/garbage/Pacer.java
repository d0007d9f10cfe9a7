package dev.daybook.server.garbage;

import dev.daybook.engine.compaction.TokenBucket;

/** Waits as a {@link TokenBucket} says. Not thread-safe. */
final class Pacer {
    private final TokenBucket bucket;
    private final StopSwitch stop;

    /** @param perSecond 0 or less: no limit */
    Pacer(long perSecond, StopSwitch stop) {
        this.bucket = new TokenBucket(perSecond, Math.max(1, perSecond), System.nanoTime());
        this.stop = stop;
    }

    /** Returns whether the work has to stop. */
    boolean take(long count) {
        return stop.pause(bucket.take(count, System.nanoTime()));
    }
}
