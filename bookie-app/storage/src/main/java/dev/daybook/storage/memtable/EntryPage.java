package dev.daybook.storage.memtable;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** A stretch of an {@link EntryTable}: parallel arrays, so that an entry at rest is no object. */
final class EntryPage {
    static final int INDEX_BITS = 12;
    static final int ENTRIES = 1 << INDEX_BITS;

    private static final int MASK = ENTRIES - 1;

    private final long[] ledgerIds = new long[ENTRIES];
    private final long[] entryIds = new long[ENTRIES];

    /** Null where the entry has been released. */
    private final @Nullable Chunk[] chunks = new @Nullable Chunk[ENTRIES];

    private final int[] offsets = new int[ENTRIES];
    private final int[] lengths = new int[ENTRIES];

    void set(int index, long ledgerId, long entryId, EntryBytes body) {
        int i = index & MASK;
        ledgerIds[i] = ledgerId;
        entryIds[i] = entryId;
        chunks[i] = body.chunk();
        offsets[i] = body.offset();
        lengths[i] = body.length();
    }

    long ledgerId(int index) {
        return ledgerIds[index & MASK];
    }

    long entryId(int index) {
        return entryIds[index & MASK];
    }

    int length(int index) {
        return lengths[index & MASK];
    }

    boolean isHeld(int index) {
        return chunks[index & MASK] != null;
    }

    /** @throws IllegalStateException if the entry has been released */
    EntryBytes body(int index) {
        int i = index & MASK;
        Chunk chunk = chunks[i];
        if (chunk == null) {
            throw new IllegalStateException("entry " + entryIds[i] + " of ledger " + ledgerIds[i] + " was released");
        }
        return new EntryBytes(chunk, offsets[i], lengths[i]);
    }

    void release(int index) {
        body(index).release();
        chunks[index & MASK] = null;
    }

    /** Releases the first entries. Neighbours mostly lie in one chunk, which then is told of them once. */
    void releaseAll(int count) {
        int from = 0;
        while (from < count) {
            Chunk chunk = chunks[from];
            int to = from + 1;
            while (to < count && chunks[to] == chunk) {
                to++;
            }
            if (chunk != null) {
                chunk.release(to - from);
            }
            from = to;
        }
        Arrays.fill(chunks, 0, count, null);
    }
}
