package dev.daybook.core.job;

/**
 * How even bookies shall be, and how much may be moved for that at once.
 *
 * @param tolerancePercent of disk use in points, and of ledgers in parts of the mean, between which bookies count as even
 * @param movesMax ledgers moved by one job
 */
public record BalanceLimits(int tolerancePercent, int movesMax) {
    public static final BalanceLimits DEFAULT = new BalanceLimits(10, 1_000);

    /** A job's record holds all its moves. */
    private static final int MOVES_MOST = 5_000;

    public BalanceLimits {
        if (tolerancePercent < 1 || tolerancePercent > 100) {
            throw new IllegalArgumentException("the tolerance lies between 1 and 100 percent, was " + tolerancePercent);
        }
        if (movesMax < 1 || movesMax > MOVES_MOST) {
            throw new IllegalArgumentException("a job has 1 to " + MOVES_MOST + " moves, not " + movesMax);
        }
    }
}
