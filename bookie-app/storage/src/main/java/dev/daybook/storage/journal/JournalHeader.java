package dev.daybook.storage.journal;

import dev.daybook.storage.disk.AlignedBuffers;
import java.nio.ByteBuffer;
import java.util.Optional;
import java.util.zip.CRC32C;

/**
 * The first {@link #BYTES} of a journal file. It is synced before the first record of the file is written.
 *
 * @param generation number of the file, as in its name
 * @param journalIndex which of the bookie's journals
 * @param journalCount how many journals the bookie has
 * @param previousGeneration the file before; 0 if this is the first ever
 * @param previousEnd where the valid records of the file before end: all of it was synced when this file was made
 * @param firstSequence sequence number of the first record
 * @param fileBytes how long the file is at least: it had this length before it got its name
 */
record JournalHeader(
        long generation,
        int journalIndex,
        int journalCount,
        long previousGeneration,
        long previousEnd,
        long firstSequence,
        long fileBytes) {
    static final int BYTES = AlignedBuffers.BLOCK_BYTES;

    private static final long MAGIC = 0x4441_5942_4f4f_4b4aL; // "DAYBOOKJ"
    private static final int VERSION = 1;
    private static final int CHECKED_BYTES = 64;

    ByteBuffer encode() {
        ByteBuffer bytes = AlignedBuffers.allocate(BYTES);
        bytes.putLong(MAGIC)
                .putInt(VERSION)
                .putInt(journalIndex)
                .putInt(journalCount)
                .putInt(0)
                .putLong(generation)
                .putLong(previousGeneration)
                .putLong(previousEnd)
                .putLong(firstSequence)
                .putLong(fileBytes);
        bytes.putInt(checksum(bytes));
        return bytes.rewind();
    }

    /** Empty unless the bytes are a whole header of this version. */
    static Optional<JournalHeader> decode(ByteBuffer bytes) {
        boolean valid = bytes.remaining() == BYTES
                && bytes.getLong(0) == MAGIC
                && bytes.getInt(8) == VERSION
                && bytes.getInt(CHECKED_BYTES) == checksum(bytes);
        if (!valid) {
            return Optional.empty();
        }
        return Optional.of(new JournalHeader(
                bytes.getLong(24),
                bytes.getInt(12),
                bytes.getInt(16),
                bytes.getLong(32),
                bytes.getLong(40),
                bytes.getLong(48),
                bytes.getLong(56)));
    }

    private static int checksum(ByteBuffer bytes) {
        CRC32C crc = new CRC32C();
        crc.update(bytes.duplicate().position(0).limit(CHECKED_BYTES));
        return (int) crc.getValue();
    }
}
