package dev.daybook.storage.compaction;

/** Keeps compaction from taking the disk away from everybody else, and lets it be stopped. */
@FunctionalInterface
public interface CompactionPace {
    CompactionPace UNLIMITED = bytes -> true;

    /**
     * Told before each copy; may block.
     *
     * @param bytes of the entry
     * @return false if compaction shall end without this copy
     */
    boolean mayCopy(int bytes);
}
