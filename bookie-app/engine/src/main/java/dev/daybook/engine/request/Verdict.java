package dev.daybook.engine.request;

/**
 * How a request ended. The names are those of the wire protocol's status table (section 7), which the driver maps them
 * to; a core knows no codes.
 *
 * <p>Only {@link #NO_LEDGER} and {@link #NO_ENTRY} are evidence that an entry is absent, and only {@link Negatives}
 * may give them.
 */
public enum Verdict {
    OK,
    NO_LEDGER,
    NO_ENTRY,
    BAD_REQUEST,
    IO_ERROR,
    UNAUTHORIZED,
    FENCED,
    READ_ONLY,
    TOO_MANY_REQUESTS,
    UNKNOWN_LEDGER_STATE;

    public boolean isExplicitNegative() {
        return this == NO_LEDGER || this == NO_ENTRY;
    }
}
