package dev.daybook.storage.index;

import dev.daybook.storage.entrylog.EntryLocation;

/** One entry of the index. Rows are ordered by ledger, then entry. */
record IndexRow(long ledgerId, long entryId, EntryLocation location) {
    static int compare(long ledger, long entry, long otherLedger, long otherEntry) {
        int byLedger = Long.compare(ledger, otherLedger);
        return byLedger != 0 ? byLedger : Long.compare(entry, otherEntry);
    }

    int compareKey(IndexRow other) {
        return compare(ledgerId, entryId, other.ledgerId, other.entryId);
    }
}
