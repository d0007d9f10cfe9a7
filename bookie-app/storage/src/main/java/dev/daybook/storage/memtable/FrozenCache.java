package dev.daybook.storage.memtable;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The entries that one flush writes. They do not change, so flush and shard may read them at the same time, until the
 * shard's cache releases them.
 */
public final class FrozenCache {
    private final long flush;
    private final EntryTable table;
    private volatile @Nullable LedgerOrder order;

    FrozenCache(long flush, EntryTable table) {
        this.flush = flush;
        this.table = table;
    }

    public long flush() {
        return flush;
    }

    /** Memory taken. */
    public long bytes() {
        return table.bytes();
    }

    public long entries() {
        return table.entries();
    }

    EntryTable table() {
        return table;
    }

    Optional<EntryBytes> find(long ledgerId, long entryId) {
        return table.find(ledgerId, entryId);
    }

    /** Sorted when it is first asked for, which is not the shard's time but the flush's. */
    private LedgerOrder order() {
        LedgerOrder known = order;
        return known == null ? sortOnce() : known;
    }

    private synchronized LedgerOrder sortOnce() {
        LedgerOrder known = order;
        if (known == null) {
            known = LedgerOrder.of(table);
            order = known;
        }
        return known;
    }

    /** How many ledgers have entries here. */
    public int ledgerCount() {
        return order().ledgerCount();
    }

    /**
     * One of them.
     *
     * @param position from 0 on, by ascending id
     */
    public long ledgerIdAt(int position) {
        return order().ledgerIdAt(position);
    }

    /** Visits the entries of the ledger at a position by ascending id. */
    public void forEachEntryAt(int position, EntryVisitor visitor) throws IOException {
        @Nullable Chunk chunk = null;
        @Nullable ByteBuffer memory = null;
        LedgerOrder sorted = order();
        for (int place = sorted.startAt(position); place < sorted.startAt(position + 1); place++) {
            int index = sorted.indexAt(place);
            EntryBytes body = table.page(index).body(index);
            if (memory == null || body.chunk() != chunk) {
                chunk = body.chunk();
                memory = chunk.memory().duplicate();
            }
            memory.limit(body.offset() + body.length()).position(body.offset());
            visitor.entry(table.page(index).entryId(index), memory);
            memory.clear();
        }
    }

    /** Is shown entries one by one. */
    @FunctionalInterface
    public interface EntryVisitor {
        /** @param body the packaged entry; valid during the call only, its position and limit may be moved */
        void entry(long entryId, ByteBuffer body) throws IOException;
    }
}
