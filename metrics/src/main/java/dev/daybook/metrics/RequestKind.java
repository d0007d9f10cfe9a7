package dev.daybook.metrics;

/** Kinds of requests that a bookie serves; the value of the tag {@code operation}. */
public enum RequestKind {
    ADD("add"),
    /** An add with the recovery flag: it passes the fence. */
    RECOVERY_ADD("recovery_add"),
    READ("read"),
    /** A read that fences the ledger first. */
    FENCING_READ("fencing_read"),
    /** A read that waits for the last confirmed entry to advance. */
    TAIL_READ("tail_read"),
    BATCH_READ("batch_read"),
    READ_LAC("read_lac"),
    WRITE_LAC("write_lac"),
    FORCE("force"),
    ENTRY_LIST("entry_list"),
    BOOKIE_INFO("bookie_info"),
    AUTH("auth"),
    /** A request that no other kind describes, for example one that the bookie does not know. */
    OTHER("other");

    private final String tag;

    RequestKind(String tag) {
        this.tag = tag;
    }

    public String tag() {
        return tag;
    }
}
