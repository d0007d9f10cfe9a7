package dev.daybook.protocol.model;

import java.util.Optional;

/**
 * What a bookie says of a request: the one table of v2 codes and v3 codes. Source: wire protocol, section 7.
 *
 * <p>Only {@link #NO_LEDGER} and {@link #NO_ENTRY} are evidence that an entry is absent. Every other status, and
 * silence, means unknown.
 */
public enum Status {
    OK(0, 0),
    NO_LEDGER(1, 402),
    NO_ENTRY(2, 403),
    BAD_REQUEST(100, 404),
    IO_ERROR(101, 501),
    UNAUTHORIZED(102, 502),
    BAD_VERSION(103, 503),
    FENCED(104, 504),
    READ_ONLY(105, 505),
    TOO_MANY_REQUESTS(106, 506),
    UNKNOWN_LEDGER_STATE(107, 507);

    private static final Status[] ALL = values();

    private final int v2Code;
    private final int v3Code;

    Status(int v2Code, int v3Code) {
        this.v2Code = v2Code;
        this.v3Code = v3Code;
    }

    public int v2Code() {
        return v2Code;
    }

    public int v3Code() {
        return v3Code;
    }

    public boolean isExplicitNegative() {
        return this == NO_LEDGER || this == NO_ENTRY;
    }

    public static Optional<Status> ofV2Code(int code) {
        for (Status status : ALL) {
            if (status.v2Code == code) {
                return Optional.of(status);
            }
        }
        return Optional.empty();
    }

    public static Optional<Status> ofV3Code(int code) {
        for (Status status : ALL) {
            if (status.v3Code == code) {
                return Optional.of(status);
            }
        }
        return Optional.empty();
    }
}
