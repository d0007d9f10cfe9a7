package dev.daybook.console.cluster;

import dev.daybook.client.meta.BookieRecord;

/** What can be said of a bookie that a ledger names. */
public enum Presence {
    WRITABLE,
    READ_ONLY,
    /** Not registered, but its cookie is there: it may come back. */
    DOWN,
    /** Neither registered nor remembered by a cookie. */
    GONE,
    /** The console could not ask. */
    UNKNOWN;

    static Presence of(BookieRecord.State state) {
        return switch (state) {
            case WRITABLE -> WRITABLE;
            case READ_ONLY -> READ_ONLY;
            case DOWN -> DOWN;
        };
    }

    /** Whether it serves reads. */
    public boolean answers() {
        return this == WRITABLE || this == READ_ONLY;
    }
}
