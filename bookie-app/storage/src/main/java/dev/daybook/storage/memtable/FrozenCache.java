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
    private @Nullable LedgerOrder order;

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
    private synchronized LedgerOrder order() {
        LedgerOrder known = order;
        if (known == null) {
            known = LedgerOrder.of(table);
            order = known;
        }
        return known;
    }

    /** Ids of the ledgers with entries here, ascending. */
    public long[] ledgerIds() {
        return order().ledgerIds();
    }

    /** Visits the entries of one ledger by ascending id; none if the ledger has none here. */
    public void forEachEntry(long ledgerId, EntryVisitor visitor) throws IOException {
        @Nullable Chunk chunk = null;
        @Nullable ByteBuffer memory = null;
        for (int index : order().indicesOf(ledgerId)) {
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
