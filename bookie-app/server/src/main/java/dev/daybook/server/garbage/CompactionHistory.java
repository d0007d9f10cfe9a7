package dev.daybook.server.garbage;

import dev.daybook.engine.compaction.CompactionKind;
import dev.daybook.engine.compaction.CompactionRun;
import java.util.Set;

/**
 * Compaction of one ledger directory since the start of the bookie.
 *
 * @param asked whether the run that is under way is one that an operator asked for
 */
public record CompactionHistory(boolean asked, Kind minor, Kind major) {
    /** @param lastMillis end of the last run, or the start of the bookie, from which on the interval counts */
    public record Kind(long runs, long lastMillis) {}

    static CompactionHistory startedAt(long millis) {
        return new CompactionHistory(false, new Kind(0, millis), new Kind(0, millis));
    }

    CompactionHistory begun(CompactionRun run, Set<CompactionKind> askedFor) {
        boolean wanted = switch (run.mode()) {
            case MAJOR -> askedFor.contains(CompactionKind.MAJOR);
            case MINOR -> askedFor.contains(CompactionKind.MINOR);
            case RELIEF -> false;
        };
        return new CompactionHistory(wanted, minor, major);
    }

    /** A major run does the work of a minor one, too; what relieves a full disk is neither. */
    CompactionHistory ended(CompactionRun run, long millis) {
        return switch (run.mode()) {
            case MAJOR ->
                new CompactionHistory(false, new Kind(minor.runs(), millis), new Kind(major.runs() + 1, millis));
            case MINOR -> new CompactionHistory(false, new Kind(minor.runs() + 1, millis), major);
            case RELIEF -> failed();
        };
    }

    /** Nothing runs any more. */
    CompactionHistory failed() {
        return new CompactionHistory(false, minor, major);
    }
}
