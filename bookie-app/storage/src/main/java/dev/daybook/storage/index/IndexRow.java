package dev.daybook.storage.index;

import dev.daybook.storage.entrylog.EntryLocation;

/**
 * One entry of the index. Rows are ordered by ledger, then entry. Of several rows of one entry the one with the newest
 * flush counts; if they have the same, the one in the newest entry log, to which compaction has copied the entry.
 *
 * @param flush under which the entry was first stored; a row moved by compaction keeps it
 */
public record IndexRow(long ledgerId, long entryId, long flush, EntryLocation location)
        implements Comparable<IndexRow> {
    static int compare(long ledger, long entry, long otherLedger, long otherEntry) {
        int byLedger = Long.compare(ledger, otherLedger);
        return byLedger != 0 ? byLedger : Long.compare(entry, otherEntry);
    }

    /** By ledger and entry; of one entry, what counts comes first. */
    @Override
    public int compareTo(IndexRow other) {
        int byKey = compare(ledgerId, entryId, other.ledgerId, other.entryId);
        if (byKey != 0) {
            return byKey;
        }
        int byFlush = Long.compare(other.flush, flush);
        if (byFlush != 0) {
            return byFlush;
        }
        int byLog = Integer.compare(other.location.logId(), location.logId());
        return byLog != 0 ? byLog : Long.compare(other.location.offset(), location.offset());
    }

    /** Whether this row counts rather than the other one of the same entry. */
    public boolean isNewerThan(IndexRow other) {
        return compareTo(other) < 0;
    }

    boolean hasKeyOf(IndexRow other) {
        return ledgerId == other.ledgerId && entryId == other.entryId;
    }
}
