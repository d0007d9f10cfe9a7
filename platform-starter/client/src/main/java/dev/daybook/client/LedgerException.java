package dev.daybook.client;

/** The only exception of the client. Its message is one sentence for a person. */
public final class LedgerException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /** What a caller can sensibly do. */
    public enum Advice {
        /** The same call may succeed later. */
        RETRY,
        /** This handle is finished; open the ledger again. */
        REOPEN,
        /** Repeating it cannot help. */
        STOP
    }

    /** Why. The number is the result code that other clients of this protocol use; those below -2000 are our own. */
    public enum Reason {
        READ_FAILED(-1, Advice.RETRY),
        DIGEST_MISMATCH(-5, Advice.STOP),
        NOT_ENOUGH_BOOKIES(-6, Advice.RETRY),
        BOOKIE_UNAVAILABLE(-8, Advice.RETRY),
        RECOVERY_FAILED(-10, Advice.RETRY),
        LEDGER_CLOSED(-11, Advice.REOPEN),
        WRITE_FAILED(-12, Advice.REOPEN),
        NO_SUCH_ENTRY(-13, Advice.STOP),
        BAD_ARGUMENT(-14, Advice.STOP),
        METADATA_CONFLICT(-17, Advice.REOPEN),
        METADATA_UNAVAILABLE(-18, Advice.RETRY),
        CLIENT_CLOSED(-19, Advice.STOP),
        LEDGER_EXISTS(-20, Advice.STOP),
        DUPLICATE_ENTRY(-22, Advice.STOP),
        TIMEOUT(-23, Advice.RETRY),
        NO_SUCH_LEDGER(-25, Advice.STOP),
        LEDGER_FENCED(-101, Advice.REOPEN),
        UNAUTHORIZED(-102, Advice.STOP),
        TOO_MANY_REQUESTS(-105, Advice.RETRY),
        METADATA_CORRUPT(-107, Advice.STOP),
        NOT_SUPPORTED(-100, Advice.STOP),
        DATA_UNKNOWN(-108, Advice.RETRY),
        ENTRY_TOO_LARGE(-14, Advice.STOP),
        NO_SUCH_LOG(-2001, Advice.STOP),
        LOG_EXISTS(-2002, Advice.STOP),
        /** Another writer took the log over. */
        WRITER_DEPOSED(-2003, Advice.REOPEN),
        POSITION_TRUNCATED(-2004, Advice.STOP),
        NO_SUCH_NAME(-2005, Advice.STOP),
        NAME_EXISTS(-2006, Advice.STOP);

        private final int code;
        private final Advice advice;

        Reason(int code, Advice advice) {
            this.code = code;
            this.advice = advice;
        }

        public int code() {
            return code;
        }

        public Advice advice() {
            return advice;
        }
    }

    private final Reason reason;

    public LedgerException(Reason reason, String message) {
        super(message);
        this.reason = reason;
    }

    public LedgerException(Reason reason, String message, Throwable cause) {
        super(message, cause);
        this.reason = reason;
    }

    public Reason reason() {
        return reason;
    }

    public Advice advice() {
        return reason.advice();
    }
}
