package dev.daybook.storage.memtable;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Collections;
import java.util.Map;
import java.util.NavigableMap;

/** The entries that one flush writes. Immutable once frozen, so flush and shard may read it at the same time. */
public final class FrozenCache {
    private final long flush;
    private final Map<Long, NavigableMap<Long, byte[]>> entries;
    private final long bytes;
    private final long entryCount;

    FrozenCache(long flush, Map<Long, NavigableMap<Long, byte[]>> entries, long bytes, long entryCount) {
        this.flush = flush;
        this.entries = entries;
        this.bytes = bytes;
        this.entryCount = entryCount;
    }

    public long flush() {
        return flush;
    }

    public long bytes() {
        return bytes;
    }

    public long entries() {
        return entryCount;
    }

    /** Ids of the ledgers with entries here, ascending. */
    public long[] ledgerIds() {
        long[] ids = entries.keySet().stream().mapToLong(Long::longValue).toArray();
        Arrays.sort(ids);
        return ids;
    }

    /** The entries of one ledger by ascending id. The arrays must not be changed. */
    public NavigableMap<Long, byte[]> entriesOf(long ledgerId) {
        return Collections.unmodifiableNavigableMap(entries.getOrDefault(ledgerId, Collections.emptyNavigableMap()));
    }

    /** Visits the entries of one ledger by ascending id; none if the ledger has none here. */
    public void forEachEntry(long ledgerId, EntryVisitor visitor) throws IOException {
        for (Map.Entry<Long, byte[]> entry : entriesOf(ledgerId).entrySet()) {
            visitor.entry(entry.getKey(), ByteBuffer.wrap(entry.getValue()).asReadOnlyBuffer());
        }
    }

    /** Is shown entries one by one. */
    @FunctionalInterface
    public interface EntryVisitor {
        /** @param body the packaged entry; valid during the call only, its position and limit may be moved */
        void entry(long entryId, ByteBuffer body) throws IOException;
    }
}
