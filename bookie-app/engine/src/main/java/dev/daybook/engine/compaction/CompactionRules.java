package dev.daybook.engine.compaction;

import java.util.Locale;

/** Both kinds of compaction. What cannot be meant is refused with the properties that say it. */
public record CompactionRules(CompactionRule minor, CompactionRule major) {
    private static final String PREFIX = "daybook.bookie.compaction.";

    public static final CompactionRules DEFAULT =
            new CompactionRules(new CompactionRule(0.2, 3_600_000, 0), new CompactionRule(0.8, 86_400_000, 0));

    /** @throws IllegalArgumentException with one sentence that names the properties */
    public CompactionRules {
        checkRule(CompactionKind.MINOR, minor);
        checkRule(CompactionKind.MAJOR, major);
        if (minor.isEnabled() && major.isEnabled() && minor.threshold() >= major.threshold()) {
            throw new IllegalArgumentException(PREFIX + "minor.threshold (" + minor.threshold()
                    + ") must be smaller than " + PREFIX + "major.threshold (" + major.threshold() + ")");
        }
        if (minor.isAutomatic() && major.isAutomatic() && minor.intervalMillis() >= major.intervalMillis()) {
            throw new IllegalArgumentException(PREFIX + "minor.interval (" + minor.intervalMillis()
                    + " ms) must be shorter than " + PREFIX + "major.interval (" + major.intervalMillis() + " ms)");
        }
    }

    private static void checkRule(CompactionKind kind, CompactionRule rule) {
        if (Double.isNaN(rule.threshold()) || rule.threshold() >= 1) {
            throw new IllegalArgumentException(PREFIX + nameOf(kind)
                    + ".threshold must be smaller than 1 (0 switches it off), was " + rule.threshold());
        }
    }

    /**
     * Checks that a run can come as often as it should.
     *
     * @param passMillis time between two passes of garbage collection, at which runs begin
     * @throws IllegalArgumentException with one sentence that names the properties
     */
    public void checkPass(long passMillis) {
        for (CompactionKind kind : CompactionKind.values()) {
            if (of(kind).isAutomatic() && of(kind).intervalMillis() < passMillis) {
                throw new IllegalArgumentException(PREFIX + nameOf(kind) + ".interval ("
                        + of(kind).intervalMillis() + " ms) must not be shorter than daybook.bookie.gc-interval ("
                        + passMillis + " ms)");
            }
        }
    }

    public CompactionRule of(CompactionKind kind) {
        return kind == CompactionKind.MINOR ? minor : major;
    }

    private static String nameOf(CompactionKind kind) {
        return kind.name().toLowerCase(Locale.ROOT);
    }
}
