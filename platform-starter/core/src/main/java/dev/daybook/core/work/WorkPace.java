package dev.daybook.core.work;

/**
 * How long a worker waits for what. Source: auto-recovery specification, sections 5.2 and 5.4.
 *
 * @param graceMillis from finding an open ledger with a lost bookie until it is recovered
 * @param backOffMaxMillis after several failures in a row; the first ones wait less
 */
public record WorkPace(long graceMillis, long backOffMaxMillis) {
    public static final WorkPace DEFAULT = new WorkPace(30_000, 300_000);

    /** From this many failures on the wait does not grow any more. */
    private static final int DOUBLINGS_MAX = 5;

    public WorkPace {
        if (graceMillis < 0 || backOffMaxMillis < 1) {
            throw new IllegalArgumentException("a worker needs a grace period of 0 or more and a back-off of 1 ms or"
                    + " more, was " + graceMillis + " and " + backOffMaxMillis);
        }
    }

    /** @param failures in a row, 1 or more */
    long backOffMillis(int failures) {
        int halvings = Math.max(0, DOUBLINGS_MAX - failures);
        return Math.max(1, backOffMaxMillis >> halvings);
    }
}
