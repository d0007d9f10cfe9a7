package dev.daybook.server.shard;

import dev.daybook.engine.ledger.LedgerRow;
import dev.daybook.storage.memtable.EntryBytes;
import dev.daybook.storage.memtable.FrozenCache;
import dev.daybook.storage.memtable.WriteCache;
import dev.daybook.storage.store.LedgerStore;
import dev.daybook.storage.store.StoreFlush;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

/**
 * Fills the folders of a bookie that does not run, by flushes alone: what is put is durable after {@link #flush} and not
 * before, and the journals stay empty. Owned by one thread. After an exception it must be closed; opened again, it goes
 * on from the last complete flush.
 */
public final class BulkWriter implements AutoCloseable {
    private final BookieDisks disks;
    private final StorageSet storage;
    private final WriteCache cache;
    private final List<LedgerRow> rows = new ArrayList<>();
    private long nextFlush;

    private BulkWriter(BookieDisks disks, StorageSet storage) throws IOException {
        this.disks = disks;
        this.storage = storage;
        this.nextFlush = storage.nextFlush();
        this.cache = new WriteCache(nextFlush);
        for (LedgerStore store : storage.stores()) {
            rows.addAll(store.readRows());
        }
    }

    /**
     * Opens the folders, making empty journals and ledger directories if nothing is there.
     *
     * @throws IOException with one sentence for a person, if they are damaged, incomplete, in use or unreadable
     */
    public static BulkWriter open(StorageConfig config) throws IOException {
        BookieDisks disks = BookieDisks.open(config);
        try {
            StorageSet storage = StorageSet.openStores(disks.journals(), disks.ledgers(), Bookie.filesConfig(config));
            try {
                return new BulkWriter(disks, storage);
            } catch (IOException | RuntimeException e) {
                storage.close();
                throw e;
            }
        } catch (IOException | RuntimeException e) {
            disks.close();
            throw e;
        }
    }

    /** The ledgers that were durable when this was opened. */
    public Collection<LedgerRow> rows() {
        return List.copyOf(rows);
    }

    /** Number of the flush to come. */
    public long nextFlush() {
        return nextFlush;
    }

    /** The array is taken over and must not change any more. */
    public void put(long ledgerId, long entryId, byte[] body) {
        cache.put(ledgerId, entryId, EntryBytes.ofHeap(body));
    }

    /** Memory taken by what waits for the flush. */
    public long cachedBytes() {
        return cache.bytes();
    }

    /** Whether exactly these bytes are stored or wait for the flush. */
    public boolean holds(long ledgerId, long entryId, byte[] body) throws IOException {
        Optional<EntryBytes> cached = cache.find(ledgerId, entryId, 0);
        if (cached.isPresent()) {
            return cached.get().view().equals(ByteBuffer.wrap(body));
        }
        return storage.storeOf(ledgerId)
                .find(ledgerId, entryId, 0)
                .map(found -> found.equals(ByteBuffer.wrap(body)))
                .orElse(false);
    }

    /**
     * Makes everything that was put durable, with these rows.
     *
     * @param changedRows of ledgers that changed since the last flush
     */
    public void flush(List<LedgerRow> changedRows) throws IOException {
        FrozenCache frozen = cache.freeze();
        for (LedgerStore store : storage.stores()) {
            store.flush(new StoreFlush(nextFlush, List.of(frozen), changedRows, store.marks()));
        }
        nextFlush++;
        cache.release();
        for (LedgerStore store : storage.stores()) {
            while (store.mergeSegments(count -> {})) {
                // Until the number of segments is small.
            }
        }
    }

    @Override
    public void close() throws IOException {
        storage.close();
        disks.close();
    }
}
