package dev.daybook.metrics;

/** Why the client counts a request to a bookie as failed; the value of the tag {@code reason}. */
public enum BookieFailure {
    CONNECT("connect"),
    CONNECTION_LOST("connection_lost"),
    TIMEOUT("timeout"),
    /** The bookie answered with a status that is neither success nor an explicit negative. */
    STATUS("status"),
    READ_ONLY("read_only"),
    TOO_MANY_REQUESTS("too_many_requests"),
    /** The entry came back damaged. */
    DIGEST_MISMATCH("digest_mismatch"),
    /** The answer does not follow the wire protocol. */
    MALFORMED("malformed");

    private final String tag;

    BookieFailure(String tag) {
        this.tag = tag;
    }

    public String tag() {
        return tag;
    }
}
