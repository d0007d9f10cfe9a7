package dev.daybook.core.write;

/** What came of sending an entry to one bookie. Source: client protocol specification, section 6.3. */
public enum AddReply {
    /** The bookie has it on disk. */
    STORED(false),
    /** Somebody recovers the ledger. */
    FENCED(true),
    /** The password is not the ledger's. */
    UNAUTHORIZED(true),
    /** The operation is not allowed at all, for instance in this encoding. */
    ILLEGAL(true),
    /** The bookie serves reads only. */
    READ_ONLY(false),
    /**
     * Everything else: no answer within the driver's deadline, no connection, write error, too many requests. The entry
     * may be stored nevertheless.
     */
    FAILED(false);

    private final boolean fatal;

    AddReply(boolean fatal) {
        this.fatal = fatal;
    }

    /** True when no other bookie can make up for it. */
    public boolean isFatal() {
        return fatal;
    }
}
