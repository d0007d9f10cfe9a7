package dev.daybook.server.scrub;

import java.time.Duration;

/**
 * How often and how fast everything is read back.
 *
 * @param interval from the end of a round to the beginning of the next; zero: only when asked for
 * @param bytesPerSecond read at most; 0: no limit
 */
public record ScrubConfig(Duration interval, long bytesPerSecond) {
    public static final ScrubConfig DEFAULT = new ScrubConfig(Duration.ofDays(1), 16L << 20);

    /** @throws IllegalArgumentException with one sentence that names the property */
    public ScrubConfig {
        if (interval.isNegative()) {
            throw new IllegalArgumentException("daybook.bookie.scrub.interval must not be negative, was " + interval);
        }
        if (bytesPerSecond < 0) {
            throw new IllegalArgumentException("daybook.bookie.scrub.rate must not be negative, was " + bytesPerSecond);
        }
    }
}
