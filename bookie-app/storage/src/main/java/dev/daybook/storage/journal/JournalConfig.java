package dev.daybook.storage.journal;

import dev.daybook.storage.disk.AlignedBuffers;

/**
 * @param fileBytes size of a journal file, all of it written before the first record goes in; rounded up to whole blocks
 * @param spareFilesMax files kept for reuse: writing over old blocks is several times faster than into new ones
 * @param direct whether groups go around the page cache, where the volume can do that
 */
public record JournalConfig(long fileBytes, int spareFilesMax, boolean direct) {
    /** Header, a group, and the seal behind the last group. */
    public static final long FILE_BYTES_MIN = 3L * AlignedBuffers.BLOCK_BYTES;

    /** The first file of a new bookie is made while somebody waits for the start. */
    private static final long FIRST_FILE_BYTES_MAX = 4 << 20;

    public JournalConfig {
        if (fileBytes < FILE_BYTES_MIN) {
            throw new IllegalArgumentException("fileBytes must be at least " + FILE_BYTES_MIN + ", was " + fileBytes);
        }
        if (spareFilesMax < 0) {
            throw new IllegalArgumentException("spareFilesMax must not be negative, was " + spareFilesMax);
        }
        fileBytes = AlignedBuffers.roundUp(fileBytes);
    }

    long firstFileBytes() {
        return Math.min(fileBytes, FIRST_FILE_BYTES_MAX);
    }
}
