package dev.daybook.server.disk;

/**
 * Used shares of a directory's disk, 0 to 1, at which something happens. Source: bookie behaviour, section 4.1.
 *
 * @param warn almost full: the log says so
 * @param full the directory takes no more entries; the bookie goes read-only
 * @param resume a full directory takes entries again below this share; the gap to {@code full} keeps it from flapping
 */
public record DiskThresholds(double warn, double full, double resume) {
    public static final DiskThresholds DEFAULT = new DiskThresholds(0.90, 0.95, 0.93);

    public DiskThresholds {
        if (!(full > 0 && full < 1)) {
            throw new IllegalArgumentException("full must lie between 0 and 1, was " + full);
        }
        if (!(warn > 0 && warn <= full)) {
            throw new IllegalArgumentException("warn must lie between 0 and full (" + full + "), was " + warn);
        }
        if (!(resume > 0 && resume <= full)) {
            throw new IllegalArgumentException("resume must lie between 0 and full (" + full + "), was " + resume);
        }
    }
}
