package dev.daybook.storage.memtable;

import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;

/** The entries that one flush writes. Immutable once frozen, so flush and shard may read it at the same time. */
public final class FrozenCache {
    private final long flush;
    private final Map<Long, TreeMap<Long, byte[]>> entries;
    private final long bytes;

    FrozenCache(long flush, Map<Long, TreeMap<Long, byte[]>> entries, long bytes) {
        this.flush = flush;
        this.entries = entries;
        this.bytes = bytes;
    }

    /** Nothing to write. */
    public static FrozenCache empty(long flush) {
        return new FrozenCache(flush, new HashMap<>(), 0);
    }

    public long flush() {
        return flush;
    }

    public long bytes() {
        return bytes;
    }

    public boolean isEmpty() {
        return entries.isEmpty();
    }

    /** Ids of the ledgers with entries here, ascending. */
    public long[] ledgerIds() {
        long[] ids = entries.keySet().stream().mapToLong(Long::longValue).toArray();
        Arrays.sort(ids);
        return ids;
    }

    /** The entries of one ledger by ascending id. The arrays must not be changed. */
    public NavigableMap<Long, byte[]> entriesOf(long ledgerId) {
        return Collections.unmodifiableNavigableMap(entries.getOrDefault(ledgerId, new TreeMap<>()));
    }
}
