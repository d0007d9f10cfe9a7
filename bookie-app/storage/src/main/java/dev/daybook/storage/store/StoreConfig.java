package dev.daybook.storage.store;

/**
 * @param entryLogBytesMax an entry log that is longer is followed by a new one
 * @param mergeWidth how many index segments of like size become one
 * @param directEntryLogs whether entry logs are written around the page cache, where the volume can do that
 * @param indexCacheBytes memory for blocks of the index
 * @param readAheadBytes memory for what sequential readers will ask for next; 0: nothing is read ahead
 */
public record StoreConfig(
        long entryLogBytesMax, int mergeWidth, boolean directEntryLogs, long indexCacheBytes, long readAheadBytes) {
    private static final int ENTRY_LOG_BUFFER_BYTES = 256 << 10;
    private static final long INDEX_CACHE_BYTES = 16L << 20;
    private static final long READ_AHEAD_BYTES = 32L << 20;

    public StoreConfig {
        if (entryLogBytesMax < 1) {
            throw new IllegalArgumentException("entryLogBytesMax must be positive, was " + entryLogBytesMax);
        }
        if (mergeWidth < 2) {
            throw new IllegalArgumentException("mergeWidth must be at least 2, was " + mergeWidth);
        }
    }

    /** The defaults for everything else. */
    public StoreConfig(long entryLogBytesMax, int mergeWidth) {
        this(entryLogBytesMax, mergeWidth, true, INDEX_CACHE_BYTES, READ_AHEAD_BYTES);
    }

    /** What a writer of entry logs gathers before it writes. */
    int entryLogBufferBytes() {
        return (int) Math.min(ENTRY_LOG_BUFFER_BYTES, entryLogBytesMax);
    }
}
