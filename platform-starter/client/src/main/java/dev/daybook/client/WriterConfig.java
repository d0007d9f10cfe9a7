package dev.daybook.client;

import java.time.Duration;

/**
 * Settings of writing ends.
 *
 * @param appendTimeout after which an append that is not acknowledged fails; its entry may be stored later all the same
 * @param explicitLacDelay how long a writer that falls silent waits before it tells the bookies its last confirmed
 *     entry, so that readers see it without another append; 0 never tells
 */
public record WriterConfig(Duration appendTimeout, Duration explicitLacDelay) {
    public static final WriterConfig DEFAULT = new WriterConfig(Duration.ofMinutes(2), Duration.ofMillis(100));

    public WriterConfig {
        if (appendTimeout.isNegative() || appendTimeout.isZero()) {
            throw new IllegalArgumentException("appendTimeout must be positive, was " + appendTimeout);
        }
        if (explicitLacDelay.isNegative()) {
            throw new IllegalArgumentException("explicitLacDelay must not be negative, was " + explicitLacDelay);
        }
    }

    public WriterConfig withAppendTimeout(Duration timeout) {
        return new WriterConfig(timeout, explicitLacDelay);
    }

    public WriterConfig withExplicitLacDelay(Duration delay) {
        return new WriterConfig(appendTimeout, delay);
    }
}
