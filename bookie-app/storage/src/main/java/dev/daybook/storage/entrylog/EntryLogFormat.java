package dev.daybook.storage.entrylog;

import java.nio.ByteBuffer;
import java.util.zip.CRC32C;

/**
 * Layout of entry logs: a header, then records at multiples of 8. The head of a record has a checksum of its own, which
 * binds it to its log and place, so that damage to a body leaves it certain whose body it is.
 */
final class EntryLogFormat {
    static final int HEADER_BYTES = 512;

    /** Length and checksum of the body, ledger, entry, flush, checksum of the head, zero. */
    static final int HEAD_BYTES = 40;

    static final int RECORD_ALIGNMENT = 8;

    /** What a flush wrote ends at a multiple of this; the rest is zero. */
    static final int BLOCK_BYTES = 4096;

    /** Larger lengths are damage. */
    static final int BODY_BYTES_MAX = 64 << 20;

    private static final long MAGIC = 0x4441_5942_4f4f_4b45L; // "DAYBOOKE"
    private static final int VERSION = 1;
    private static final int HEADER_CHECKED_BYTES = 16;
    private static final int HEAD_CHECKED_BYTES = 32;
    private static final int PLACE_BYTES = Integer.BYTES + Long.BYTES;

    private EntryLogFormat() {}

    static ByteBuffer header(int logId) {
        ByteBuffer bytes = ByteBuffer.allocate(HEADER_BYTES);
        bytes.putLong(MAGIC).putInt(VERSION).putInt(logId);
        return bytes.putInt(HEADER_CHECKED_BYTES, headerChecksum(bytes)).rewind();
    }

    static boolean isHeader(ByteBuffer bytes, int logId) {
        return bytes.remaining() >= HEADER_BYTES
                && bytes.getLong(0) == MAGIC
                && bytes.getInt(8) == VERSION
                && bytes.getInt(12) == logId
                && bytes.getInt(HEADER_CHECKED_BYTES) == headerChecksum(bytes);
    }

    private static int headerChecksum(ByteBuffer bytes) {
        CRC32C crc = new CRC32C();
        crc.update(bytes.duplicate().position(0).limit(HEADER_CHECKED_BYTES));
        return (int) crc.getValue();
    }

    static long aligned(long offset, int alignment) {
        return (offset + alignment - 1) / alignment * alignment;
    }

    static int checksum(ByteBuffer body) {
        CRC32C crc = new CRC32C();
        crc.update(body.duplicate());
        return (int) crc.getValue();
    }

    /** @param into gets the head; its first bytes are overwritten and its position stays */
    static void putHead(ByteBuffer into, int logId, long offset, Fields fields) {
        into.putInt(0, fields.bodyBytes())
                .putInt(4, fields.bodyChecksum())
                .putLong(8, fields.ledgerId())
                .putLong(16, fields.entryId())
                .putLong(24, fields.flush())
                .putInt(32, headChecksum(into, 0, logId, offset))
                .putInt(36, 0);
    }

    /** Whether a valid head stands at this index, bound to this place. */
    static boolean isHead(ByteBuffer bytes, int index, int logId, long offset) {
        int bodyBytes = bytes.getInt(index);
        return bodyBytes >= 0
                && bodyBytes <= BODY_BYTES_MAX
                && bytes.getInt(index + 32) == headChecksum(bytes, index, logId, offset)
                && bytes.getInt(index + 36) == 0;
    }

    static Fields fieldsAt(ByteBuffer bytes, int index) {
        return new Fields(
                bytes.getInt(index),
                bytes.getInt(index + 4),
                bytes.getLong(index + 8),
                bytes.getLong(index + 16),
                bytes.getLong(index + 24));
    }

    private static int headChecksum(ByteBuffer bytes, int index, int logId, long offset) {
        ByteBuffer checked = ByteBuffer.allocate(PLACE_BYTES + HEAD_CHECKED_BYTES);
        checked.putInt(logId).putLong(offset);
        checked.put(PLACE_BYTES, bytes, index, HEAD_CHECKED_BYTES);
        CRC32C crc = new CRC32C();
        crc.update(checked.array());
        return (int) crc.getValue();
    }

    /** What a head says. */
    record Fields(int bodyBytes, int bodyChecksum, long ledgerId, long entryId, long flush) {
        RecordHead at(int logId, long offset) {
            return new RecordHead(new EntryLocation(logId, offset, bodyBytes), ledgerId, entryId, flush);
        }

        long recordBytes() {
            return aligned((long) HEAD_BYTES + bodyBytes, RECORD_ALIGNMENT);
        }
    }
}
