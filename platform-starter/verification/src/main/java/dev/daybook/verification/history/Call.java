package dev.daybook.verification.history;

/** What a client asked for. */
public enum Call {
    CREATE,
    ADD,
    READ,
    /** The last confirmed entry, by whatever kind of question. */
    READ_LAC,
    /** Opens with recovery; when it succeeds the ledger is closed. */
    RECOVER,
    /** A writer closes its own ledger. */
    CLOSE,
    DELETE,
    FORCE
}
