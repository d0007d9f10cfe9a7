package dev.daybook.engine.compaction;

/**
 * One pass over the entry logs of a directory.
 *
 * @param threshold live share below which a log is rewritten
 * @param maxMillis no further log is begun after this time; 0 or less: no limit
 */
public record CompactionRun(Mode mode, double threshold, long maxMillis) {
    /** Why it is done. */
    public enum Mode {
        MINOR,
        MAJOR,
        /** The disk is full: what frees most for the least space, log by log. */
        RELIEF
    }

    public boolean isOver(long startMillis, long nowMillis) {
        return maxMillis > 0 && nowMillis - startMillis >= maxMillis;
    }
}
