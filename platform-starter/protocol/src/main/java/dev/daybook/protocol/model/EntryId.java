package dev.daybook.protocol.model;

/**
 * The place of an entry in its ledger, counted from 0. Protocol cores and frames use the bare {@code long}; this type
 * is for application code, where mixing up a ledger and an entry would compile otherwise.
 */
public record EntryId(long value) implements Comparable<EntryId> {
    /** What a last-add-confirmed says of a ledger without entries. Not the id of any entry. */
    public static final long NONE = -1L;

    /** In a read request: the highest entry that the bookie stores. Same number as {@link #NONE}, other meaning. */
    public static final long LAST_STORED = -1L;

    public EntryId {
        if (value < 0) {
            throw new IllegalArgumentException("an entry id must not be negative, was " + value);
        }
    }

    @Override
    public int compareTo(EntryId other) {
        return Long.compare(value, other.value);
    }

    @Override
    public String toString() {
        return Long.toString(value);
    }
}
