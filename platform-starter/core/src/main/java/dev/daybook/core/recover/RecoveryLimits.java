package dev.daybook.core.recover;

/**
 * Bounds of one recovery.
 *
 * @param readAheadMax entries asked for at the same time; each goes to its whole write set
 * @param writeBackMax entries written back and not yet acknowledged; reading pauses beyond, so memory stays bounded
 */
public record RecoveryLimits(int readAheadMax, int writeBackMax) {
    public static final RecoveryLimits DEFAULT = new RecoveryLimits(4, 64);

    public RecoveryLimits {
        if (readAheadMax < 1 || writeBackMax < 1) {
            throw new IllegalArgumentException(
                    "recovery limits must be positive, were " + readAheadMax + " and " + writeBackMax);
        }
    }
}
