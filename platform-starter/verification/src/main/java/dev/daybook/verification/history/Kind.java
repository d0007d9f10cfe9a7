package dev.daybook.verification.history;

/** How an operation ended. */
public enum Kind {
    OK,
    /** It certainly did not happen and will not. */
    FAIL,
    /** It may have happened, or may yet. An add that was fenced or timed out is one of these. */
    INFO,
    /** A read was told that there is no such entry or ledger: an observation, not a failure. */
    ABSENT
}
