package dev.daybook.console.cluster;

import dev.daybook.client.admin.BookieUsage;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * How full a disk is, with the lines drawn on it.
 *
 * @param totalBytes above 0
 * @param warnRatio used share at which its bookie warns
 * @param fullRatio used share at which it takes no new entries
 */
public record DiskFill(long totalBytes, long usedBytes, OptionalDouble warnRatio, OptionalDouble fullRatio) {
    /** Used where a bookie names no threshold of its own, for the verdict only, never drawn. */
    private static final double DEFAULT_WARN_RATIO = 0.90;

    private static final double DEFAULT_FULL_RATIO = 0.95;

    /** Where the fill stands against the lines. */
    public enum Level {
        ROOMY,
        WARN,
        FULL
    }

    static DiskFill of(long totalBytes, long usedBytes) {
        return new DiskFill(Math.max(1, totalBytes), usedBytes, OptionalDouble.empty(), OptionalDouble.empty());
    }

    /** Empty if the bookie could not tell the sizes. */
    public static Optional<DiskFill> of(BookieUsage.Directory directory) {
        if (directory.totalBytes() <= 0 || directory.usedBytes() < 0) {
            return Optional.empty();
        }
        return Optional.of(new DiskFill(
                directory.totalBytes(),
                directory.usedBytes(),
                line(directory.warnRatio()),
                line(directory.fullRatio())));
    }

    static Optional<DiskFill> fullestOf(BookieUsage usage) {
        return ledgerDirectories(usage).stream().max(Comparator.comparingDouble(DiskFill::ratio));
    }

    static Optional<DiskFill> sumOf(BookieUsage usage) {
        return ledgerDirectories(usage).stream()
                .reduce((a, b) -> DiskFill.of(a.totalBytes + b.totalBytes, a.usedBytes + b.usedBytes));
    }

    private static List<DiskFill> ledgerDirectories(BookieUsage usage) {
        return usage.directories().stream()
                .filter(directory -> directory.kind() == BookieUsage.Kind.LEDGER)
                .map(DiskFill::of)
                .flatMap(Optional::stream)
                .toList();
    }

    private static OptionalDouble line(double ratio) {
        return ratio >= 0 && ratio <= 1 ? OptionalDouble.of(ratio) : OptionalDouble.empty();
    }

    /** Used share, 0 to 1. */
    public double ratio() {
        return Math.min(1, Math.max(0, (double) usedBytes / totalBytes));
    }

    public long freeBytes() {
        return Math.max(0, totalBytes - usedBytes);
    }

    public Level level() {
        if (ratio() >= fullRatio.orElse(DEFAULT_FULL_RATIO)) {
            return Level.FULL;
        }
        return ratio() >= warnRatio.orElse(DEFAULT_WARN_RATIO) ? Level.WARN : Level.ROOMY;
    }
}
