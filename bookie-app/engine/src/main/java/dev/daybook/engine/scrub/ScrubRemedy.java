package dev.daybook.engine.scrub;

/** What follows from damage. */
public enum ScrubRemedy {
    /** Write everything that is in memory, with a new checkpoint, so that nothing refers to the damaged file. */
    CHECKPOINT,
    REBUILD_INDEX,
    /** Mark the ledgers concerned as lacking the copies of this bookie. */
    ASK_THE_CLUSTER,
    RESTORE_COOKIE
}
