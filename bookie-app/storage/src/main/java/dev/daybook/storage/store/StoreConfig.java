package dev.daybook.storage.store;

/**
 * @param entryLogBytesMax an entry log that is longer is followed by a new one
 * @param mergeWidth how many index segments of like size become one
 */
public record StoreConfig(long entryLogBytesMax, int mergeWidth) {
    public StoreConfig {
        if (entryLogBytesMax < 1) {
            throw new IllegalArgumentException("entryLogBytesMax must be positive, was " + entryLogBytesMax);
        }
        if (mergeWidth < 2) {
            throw new IllegalArgumentException("mergeWidth must be at least 2, was " + mergeWidth);
        }
    }
}
