package dev.daybook.storage.sim;

/** What becomes of bytes and names that were not synced when the power goes. */
public enum Survival {
    /** Everything unsynced is lost. */
    NOTHING,
    /** Everything reached the disk by itself. */
    EVERYTHING,
    /** Each sector and each file decides for itself; names survive up to some point. */
    SECTORS,
    /** All writes of a file up to some point survive, and the last of them is torn. */
    PREFIX
}
