package dev.daybook.storage.compaction;

/**
 * How compaction goes about it.
 *
 * @param chunkEntries copies that are made durable and published at once, at most
 * @param chunkBytes of them, at most one entry more
 * @param logBytesMax a log of copies that is longer is followed by a new one
 */
public record CompactionLimits(int chunkEntries, long chunkBytes, long logBytesMax) {
    private static final int CHUNK_ENTRIES = 100_000;
    private static final long CHUNK_BYTES = 64L << 20;

    public CompactionLimits {
        if (chunkEntries < 1 || chunkBytes < 1 || logBytesMax < 1) {
            throw new IllegalArgumentException("compaction needs limits above zero");
        }
    }

    /** The usual chunks. */
    public static CompactionLimits of(long logBytesMax) {
        return new CompactionLimits(CHUNK_ENTRIES, CHUNK_BYTES, logBytesMax);
    }
}
