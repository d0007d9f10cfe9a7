package dev.daybook.storage.journal;

/**
 * @param fileBytesMax a file that is longer is followed by a new one
 * @param preallocatedBytes of a new file, so that appending need not change its size
 * @param spareFilesMax files kept for reuse: writing over old blocks is several times faster than into new ones
 */
public record JournalConfig(long fileBytesMax, long preallocatedBytes, int spareFilesMax) {
    public JournalConfig {
        if (fileBytesMax < 4096) {
            throw new IllegalArgumentException("fileBytesMax must be at least 4096, was " + fileBytesMax);
        }
        if (preallocatedBytes < 0 || spareFilesMax < 0) {
            throw new IllegalArgumentException("preallocatedBytes and spareFilesMax must not be negative");
        }
    }
}
