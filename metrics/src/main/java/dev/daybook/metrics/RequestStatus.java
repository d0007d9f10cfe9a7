package dev.daybook.metrics;

/** What a bookie answered; the value of the tag {@code status}. Follows the status table of the wire protocol, section 7. */
public enum RequestStatus {
    OK("ok"),
    NO_LEDGER("no_ledger"),
    NO_ENTRY("no_entry"),
    BAD_REQUEST("bad_request"),
    IO_ERROR("io_error"),
    UNAUTHORIZED("unauthorized"),
    BAD_VERSION("bad_version"),
    FENCED("fenced"),
    READ_ONLY("read_only"),
    TOO_MANY_REQUESTS("too_many_requests"),
    UNKNOWN_LEDGER_STATE("unknown_ledger_state");

    private final String tag;

    RequestStatus(String tag) {
        this.tag = tag;
    }

    public String tag() {
        return tag;
    }
}
