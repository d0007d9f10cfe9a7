package dev.daybook.server.shard;

import dev.daybook.engine.ledger.LedgerRow;
import dev.daybook.storage.journal.JournalPosition;
import dev.daybook.storage.memtable.FrozenCache;
import dev.daybook.storage.store.LedgerStore;
import dev.daybook.storage.store.StoreFlush;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * One flush over all ledger directories. May be run again after a failure for want of space: directories that have it
 * already are passed over.
 */
final class FlushJob {
    private final long flush;
    private final List<FrozenCache> caches = new ArrayList<>();
    private final List<LedgerRow> rows = new ArrayList<>();
    private final boolean complete;
    private final Optional<List<JournalPosition>> marks;

    /** @param marks absent: each directory keeps its own */
    FlushJob(long flush, List<Shard.Frozen> frozen, Optional<List<JournalPosition>> marks) {
        this(flush, frozen, false, marks);
    }

    /** @param complete the rows are those of all ledgers */
    FlushJob(long flush, List<Shard.Frozen> frozen, boolean complete, Optional<List<JournalPosition>> marks) {
        this.flush = flush;
        this.complete = complete;
        this.marks = marks;
        for (Shard.Frozen part : frozen) {
            caches.add(part.cache());
            rows.addAll(part.rows());
        }
    }

    void run(List<LedgerStore> stores) throws IOException {
        run(stores, () -> {});
    }

    /** @param pace as in {@link LedgerStore#flush(StoreFlush, Runnable)} */
    void run(List<LedgerStore> stores, Runnable pace) throws IOException {
        for (LedgerStore store : stores) {
            if (store.flush() < flush) {
                store.flush(new StoreFlush(flush, caches, rows, complete, marks.orElseGet(store::marks)), pace);
            }
        }
    }

    long bytes() {
        return caches.stream().mapToLong(FrozenCache::bytes).sum();
    }
}
