package dev.daybook.storage.memtable;

import java.util.ArrayDeque;
import java.util.NavigableSet;
import java.util.Optional;
import java.util.TreeSet;

/**
 * The write cache of one shard: what is stored goes into an active part; a flush freezes it and goes on to read it while
 * a new active part fills. There is at most one frozen part. Owned by the shard's thread. Releases what it was given
 * when the flush has ended, when the same entry comes again, or when it is cleared.
 */
public final class WriteCache {
    private final ArrayDeque<EntryPage> sparePages = new ArrayDeque<>();
    private long activeFlush;
    private EntryTable active = new EntryTable(sparePages, 0);
    private Optional<FrozenCache> frozen = Optional.empty();

    /** The table of the last flush, empty. */
    private Optional<EntryTable> spare = Optional.empty();

    /** @param currentFlush number of the flush that will write the active part */
    public WriteCache(long currentFlush) {
        this.activeFlush = currentFlush;
    }

    /** Takes over the body, also when it replaces an earlier one of the same entry. */
    public void put(long ledgerId, long entryId, EntryBytes body) {
        active.put(ledgerId, entryId, body);
    }

    /**
     * A copy of the body on the heap: whoever reads it may be slow, and must not keep the memory of writers.
     *
     * @param visibleFromFlush what older flushes hold under this ledger id belongs to a deleted life of it
     */
    public Optional<EntryBytes> find(long ledgerId, long entryId, long visibleFromFlush) {
        Optional<EntryBytes> body = active.find(ledgerId, entryId);
        if (body.isEmpty() && frozen.isPresent() && frozen.get().flush() >= visibleFromFlush) {
            body = frozen.get().find(ledgerId, entryId);
        }
        return body.map(EntryBytes::heapCopy);
    }

    /** Ids of a ledger's entries that are here. Looks at every entry. */
    public NavigableSet<Long> entryIds(long ledgerId, long visibleFromFlush) {
        TreeSet<Long> ids = new TreeSet<>();
        collectIds(active, ledgerId, ids);
        if (frozen.isPresent() && frozen.get().flush() >= visibleFromFlush) {
            collectIds(frozen.get().table(), ledgerId, ids);
        }
        return ids;
    }

    private static void collectIds(EntryTable table, long ledgerId, NavigableSet<Long> ids) {
        for (int index = 0; index < table.count(); index++) {
            if (table.page(index).ledgerId(index) == ledgerId && table.isLive(index)) {
                ids.add(table.page(index).entryId(index));
            }
        }
    }

    /** Forgets the entries that a deleted ledger has in the active part; its number hides those in the frozen part. */
    public void drop(long ledgerId) {
        active.drop(ledgerId);
    }

    /** Begins a flush. The previous one must have been released. */
    public FrozenCache freeze() {
        if (frozen.isPresent()) {
            throw new IllegalStateException("flush " + frozen.get().flush() + " has not ended yet");
        }
        FrozenCache next = new FrozenCache(activeFlush, active);
        active = spare.orElseGet(() -> new EntryTable(sparePages, next.table().count()));
        spare = Optional.empty();
        frozen = Optional.of(next);
        activeFlush++;
        return next;
    }

    /** The flush has ended and its entries can be found in the index. */
    public void release() {
        frozen.ifPresent(ended -> {
            ended.table().clear();
            spare = Optional.of(ended.table());
        });
        frozen = Optional.empty();
    }

    /** Releases everything, flushed or not. Nothing may be reading the frozen part any more. */
    public void clear() {
        release();
        active.clear();
    }

    /** Memory taken, frozen part included. */
    public long bytes() {
        return active.bytes() + frozen.map(FrozenCache::bytes).orElse(0L);
    }

    /** Entries held, frozen part included. */
    public long entries() {
        return active.entries() + frozen.map(FrozenCache::entries).orElse(0L);
    }
}
