package dev.daybook.storage.store;

import dev.daybook.engine.ledger.LedgerRow;
import dev.daybook.storage.journal.JournalPosition;
import dev.daybook.storage.memtable.FrozenCache;
import java.util.List;

/**
 * What one flush makes durable in one ledger directory.
 *
 * @param flush its number, larger than that of any flush before
 * @param caches one per shard; no ledger is in two of them. Ledgers of other directories are passed over
 * @param rows of ledgers that changed; those of other directories are passed over
 * @param complete the rows are those of all ledgers: tables written before are not needed any more
 * @param marks per journal; everything before them is contained in this flush or an earlier one
 */
public record StoreFlush(
        long flush, List<FrozenCache> caches, List<LedgerRow> rows, boolean complete, List<JournalPosition> marks) {
    /** With the rows that changed only. */
    public StoreFlush(long flush, List<FrozenCache> caches, List<LedgerRow> rows, List<JournalPosition> marks) {
        this(flush, caches, rows, false, marks);
    }

    public StoreFlush {
        caches = List.copyOf(caches);
        rows = List.copyOf(rows);
        marks = List.copyOf(marks);
    }
}
