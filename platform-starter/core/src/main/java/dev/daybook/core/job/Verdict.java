package dev.daybook.core.job;

/** What is done with one ledger when its turn has come. */
public enum Verdict {
    /** Nothing: it has no copies to be moved. */
    UNCONCERNED,
    /** Nothing for now; why is noted. */
    LEAVE_ALONE,
    /** Lock it and move its copies. */
    MOVE,
    /** Lock it, recover and close it, and move its copies then. */
    RECOVER
}
