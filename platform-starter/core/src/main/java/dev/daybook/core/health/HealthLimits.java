package dev.daybook.core.health;

/**
 * @param memoryNanos how long a failure or a slow answer counts against a bookie
 * @param quarantineNanos how long a bookie is kept out of new ensembles the first time, 0 for not at all; doubles each
 *     time it falls ill again
 * @param quarantineMaxNanos to which it grows
 * @param failuresInRow without an answer in between, after which a bookie that can be reached is quarantined
 * @param proofs answers in a row by which a bookie in quarantine gets out before its time
 * @param slowFactor how many times the latency of the best replica makes a bookie slow
 * @param slowMarginNanos and by how much at least, so that microseconds do not decide
 */
public record HealthLimits(
        long memoryNanos,
        long quarantineNanos,
        long quarantineMaxNanos,
        int failuresInRow,
        int proofs,
        int slowFactor,
        long slowMarginNanos) {
    private static final long SECOND_NANOS = 1_000_000_000L;

    public static final HealthLimits DEFAULT =
            new HealthLimits(30 * SECOND_NANOS, 60 * SECOND_NANOS, 30 * 60 * SECOND_NANOS, 3, 3, 4, SECOND_NANOS / 200);

    public HealthLimits {
        if (failuresInRow < 1 || proofs < 1 || slowFactor < 2) {
            throw new IllegalArgumentException("failuresInRow and proofs must be positive and slowFactor at least 2");
        }
        if (quarantineNanos < 0 || quarantineMaxNanos < quarantineNanos) {
            throw new IllegalArgumentException("0 <= quarantineNanos <= quarantineMaxNanos must hold, was "
                    + quarantineNanos + " and " + quarantineMaxNanos);
        }
    }

    public HealthLimits withQuarantine(long firstNanos, int failures) {
        return new HealthLimits(
                memoryNanos,
                firstNanos,
                Math.max(firstNanos, quarantineMaxNanos),
                failures,
                proofs,
                slowFactor,
                slowMarginNanos);
    }
}
