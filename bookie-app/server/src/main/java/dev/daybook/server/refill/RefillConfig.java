package dev.daybook.server.refill;

import java.time.Duration;

/**
 * How a bookie gets back what it has lost.
 *
 * @param bytesPerSecond read from peers and from itself, at most; 0: no limit
 * @param ledgersAtOnce ledgers under way at the same time
 * @param gracePeriod how long the writer of an open ledger is left alone before the ledger is closed by recovery
 * @param pause before what could not be had is tried again; twice as long each time that nothing was gained
 * @param pauseMax the longest such pause
 */
public record RefillConfig(
        long bytesPerSecond, int ledgersAtOnce, Duration gracePeriod, Duration pause, Duration pauseMax) {
    public static final RefillConfig DEFAULT =
            new RefillConfig(64L << 20, 8, Duration.ofSeconds(30), Duration.ofSeconds(5), Duration.ofMinutes(10));

    /** @throws IllegalArgumentException with one sentence that names the property */
    public RefillConfig {
        if (bytesPerSecond < 0) {
            throw new IllegalArgumentException(
                    "daybook.bookie.refill.rate must not be negative, was " + bytesPerSecond);
        }
        if (ledgersAtOnce < 1) {
            throw new IllegalArgumentException(
                    "daybook.bookie.refill.ledgers-at-once must be at least 1, was " + ledgersAtOnce);
        }
        if (gracePeriod.isNegative()) {
            throw new IllegalArgumentException(
                    "daybook.bookie.refill.grace-period must not be negative, was " + gracePeriod);
        }
        if (pause.toMillis() < 1 || pauseMax.compareTo(pause) < 0) {
            throw new IllegalArgumentException(
                    "the pause of a refill must be positive and at most " + pauseMax + ", was " + pause);
        }
    }

    /** The same with other waits. */
    public RefillConfig withWaits(Duration newGracePeriod, Duration newPause) {
        return new RefillConfig(bytesPerSecond, ledgersAtOnce, newGracePeriod, newPause, pauseMax);
    }

    /** The same with another limit. */
    public RefillConfig withBytesPerSecond(long bytes) {
        return new RefillConfig(bytes, ledgersAtOnce, gracePeriod, pause, pauseMax);
    }
}
