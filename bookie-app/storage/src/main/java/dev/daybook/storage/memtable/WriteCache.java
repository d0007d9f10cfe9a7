package dev.daybook.storage.memtable;

import java.util.HashMap;
import java.util.Map;
import java.util.NavigableMap;
import java.util.NavigableSet;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * The write cache of one shard: what is stored goes into an active part; a flush freezes it and goes on to read it while
 * a new active part fills. There is at most one frozen part. Owned by the shard's thread.
 */
public final class WriteCache {
    /** What an entry costs beyond its bytes: map node, boxed id, array header. */
    private static final int ENTRY_OVERHEAD_BYTES = 96;

    private long activeFlush;
    private Map<Long, NavigableMap<Long, byte[]>> active = new HashMap<>();
    private long activeBytes;
    private long activeEntries;
    private Optional<FrozenCache> frozen = Optional.empty();

    /** @param currentFlush number of the flush that will write the active part */
    public WriteCache(long currentFlush) {
        this.activeFlush = currentFlush;
    }

    /** The array is taken over and must not change any more. */
    public void put(long ledgerId, long entryId, byte[] body) {
        byte[] previous =
                active.computeIfAbsent(ledgerId, id -> new TreeMap<>()).put(entryId, body);
        activeBytes += cost(body) - (previous == null ? 0 : cost(previous));
        activeEntries += previous == null ? 1 : 0;
    }

    private static long cost(byte[] body) {
        return (long) body.length + ENTRY_OVERHEAD_BYTES;
    }

    /** @param visibleFromFlush what older flushes hold under this ledger id belongs to a deleted life of it */
    public Optional<byte[]> find(long ledgerId, long entryId, long visibleFromFlush) {
        NavigableMap<Long, byte[]> entries = active.get(ledgerId);
        byte[] body = entries == null ? null : entries.get(entryId);
        if (body == null && frozen.isPresent() && frozen.get().flush() >= visibleFromFlush) {
            body = frozen.get().entriesOf(ledgerId).get(entryId);
        }
        return Optional.ofNullable(body);
    }

    /** Ids of a ledger's entries that are here. */
    public NavigableSet<Long> entryIds(long ledgerId, long visibleFromFlush) {
        TreeSet<Long> ids = new TreeSet<>();
        NavigableMap<Long, byte[]> entries = active.get(ledgerId);
        if (entries != null) {
            ids.addAll(entries.keySet());
        }
        if (frozen.isPresent() && frozen.get().flush() >= visibleFromFlush) {
            ids.addAll(frozen.get().entriesOf(ledgerId).keySet());
        }
        return ids;
    }

    /** Forgets the entries that a deleted ledger has in the active part; its number hides those in the frozen part. */
    public void drop(long ledgerId) {
        NavigableMap<Long, byte[]> dropped = active.remove(ledgerId);
        if (dropped != null) {
            dropped.values().forEach(body -> activeBytes -= cost(body));
            activeEntries -= dropped.size();
        }
    }

    /** Begins a flush. The previous one must have been released. */
    public FrozenCache freeze() {
        if (frozen.isPresent()) {
            throw new IllegalStateException("flush " + frozen.get().flush() + " has not ended yet");
        }
        FrozenCache next = new FrozenCache(activeFlush, active, activeBytes, activeEntries);
        frozen = Optional.of(next);
        activeFlush++;
        active = new HashMap<>();
        activeBytes = 0;
        activeEntries = 0;
        return next;
    }

    /** The flush has ended and its entries can be found in the index. */
    public void release() {
        frozen = Optional.empty();
    }

    /** Memory taken, frozen part included. */
    public long bytes() {
        return activeBytes + frozen.map(FrozenCache::bytes).orElse(0L);
    }

    /** Entries held, frozen part included. */
    public long entries() {
        return activeEntries + frozen.map(FrozenCache::entries).orElse(0L);
    }
}
