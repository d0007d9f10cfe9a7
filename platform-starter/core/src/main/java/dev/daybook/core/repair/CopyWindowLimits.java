package dev.daybook.core.repair;

/**
 * Between which bounds copies give way to others.
 *
 * @param runsMax runs under way at once where nobody is disturbed
 * @param runsMin never fewer on the average, however much others have to do; below 1, the rest is pauses
 * @param targetNanos how much longer answers may take because of what is asked at once
 * @param pauseNanosMax between two runs
 */
public record CopyWindowLimits(int runsMax, double runsMin, long targetNanos, long pauseNanosMax) {
    /** The reasons stand in decision record 27. */
    public static final CopyWindowLimits DEFAULT = new CopyWindowLimits(8, 0.2, 1_000_000, 15_000_000);

    public CopyWindowLimits {
        if (runsMax < 1 || runsMin <= 0 || runsMin > runsMax || targetNanos < 1 || pauseNanosMax < 0) {
            throw new IllegalArgumentException("copies need room for one run, and some progress");
        }
    }
}
