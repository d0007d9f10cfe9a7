package dev.daybook.core.work;

/** How the removal of a mark ended. */
public enum Unmarking {
    REMOVED,
    /** It names more than when the ledger was taken, so the ledger has to be repaired again. */
    MARKED_AGAIN
}
