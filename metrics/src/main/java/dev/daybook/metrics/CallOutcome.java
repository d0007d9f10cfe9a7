package dev.daybook.metrics;

/** How an append or a read of the client ended; the value of the tag {@code outcome}. */
public enum CallOutcome {
    OK("ok"),
    /** Another client took the ledger over. */
    FENCED("fenced"),
    /** The ledger ends before the entry, or the entry or the ledger does not exist. */
    ABSENT("absent"),
    NOT_ENOUGH_BOOKIES("not_enough_bookies"),
    TIMEOUT("timeout"),
    DIGEST_MISMATCH("digest_mismatch"),
    UNAUTHORIZED("unauthorized"),
    /** The handle or the client was closed before the call completed. */
    CLOSED("closed"),
    /** Anything else. */
    FAILED("failed");

    private final String tag;

    CallOutcome(String tag) {
        this.tag = tag;
    }

    public String tag() {
        return tag;
    }
}
