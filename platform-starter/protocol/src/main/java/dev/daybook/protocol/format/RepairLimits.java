package dev.daybook.protocol.format;

/**
 * How much all workers of a cluster together may do. Each takes an equal share.
 *
 * @param bytesPerSecond read by all repairs; 0 for no limit
 * @param ledgersAtOnce repaired at the same time; 0 for no limit
 */
public record RepairLimits(long bytesPerSecond, int ledgersAtOnce) {
    public static final RepairLimits NONE = new RepairLimits(0, 0);

    public RepairLimits {
        if (bytesPerSecond < 0 || ledgersAtOnce < 0) {
            throw new IllegalArgumentException("A limit of repair must not be negative, 0 is none; was "
                    + bytesPerSecond + " bytes per second and " + ledgersAtOnce + " ledgers at once.");
        }
    }
}
