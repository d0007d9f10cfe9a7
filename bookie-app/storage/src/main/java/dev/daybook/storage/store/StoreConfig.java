package dev.daybook.storage.store;

/**
 * @param entryLogBytesMax an entry log that is longer is followed by a new one
 * @param segmentsMax segments of the index beyond which small neighbours are merged
 */
public record StoreConfig(long entryLogBytesMax, int segmentsMax) {
    public StoreConfig {
        if (entryLogBytesMax < 1) {
            throw new IllegalArgumentException("entryLogBytesMax must be positive, was " + entryLogBytesMax);
        }
        if (segmentsMax < 1) {
            throw new IllegalArgumentException("segmentsMax must be positive, was " + segmentsMax);
        }
    }
}
