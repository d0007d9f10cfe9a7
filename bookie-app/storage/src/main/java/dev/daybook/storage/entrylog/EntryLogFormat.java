package dev.daybook.storage.entrylog;

import java.nio.ByteBuffer;
import java.util.zip.CRC32C;

/** Layout of entry logs: a header, then records that are bound to their place by their checksum. */
final class EntryLogFormat {
    static final int HEADER_BYTES = 512;

    /** Length, checksum, ledger and entry. */
    static final int PREFIX_BYTES = 24;

    private static final long MAGIC = 0x4441_5942_4f4f_4b45L; // "DAYBOOKE"
    private static final int VERSION = 1;
    private static final int HEADER_CHECKED_BYTES = 16;
    private static final int CHECKSUM_OFFSET = 4;
    private static final int LEDGER_OFFSET = 8;

    private EntryLogFormat() {}

    static ByteBuffer header(int logId) {
        ByteBuffer bytes = ByteBuffer.allocate(HEADER_BYTES);
        bytes.putLong(MAGIC).putInt(VERSION).putInt(logId);
        CRC32C crc = new CRC32C();
        crc.update(bytes.duplicate().flip());
        return bytes.putInt(HEADER_CHECKED_BYTES, (int) crc.getValue()).rewind();
    }

    static void encode(int logId, long offset, long ledgerId, long entryId, byte[] body, ByteBuffer into) {
        int start = into.position();
        into.putInt(body.length).putInt(0).putLong(ledgerId).putLong(entryId).put(body);
        into.putInt(
                start + CHECKSUM_OFFSET,
                checksum(logId, offset, into.duplicate().flip().position(start)));
    }

    /** Whether the record, which fills the buffer from index 0, belongs to this place and these ids, undamaged. */
    static boolean isValid(ByteBuffer bytes, EntryLocation location, long ledgerId, long entryId) {
        return bytes.limit() == PREFIX_BYTES + location.bodyBytes()
                && bytes.getInt(0) == location.bodyBytes()
                && bytes.getLong(LEDGER_OFFSET) == ledgerId
                && bytes.getLong(LEDGER_OFFSET + Long.BYTES) == entryId
                && bytes.getInt(CHECKSUM_OFFSET)
                        == checksum(
                                location.logId(),
                                location.offset(),
                                bytes.duplicate().rewind());
    }

    /** @param bytes the whole record, whose checksum field is left out */
    private static int checksum(int logId, long offset, ByteBuffer bytes) {
        CRC32C crc = new CRC32C();
        crc.update(ByteBuffer.allocate(Integer.BYTES + Long.BYTES)
                .putInt(logId)
                .putLong(offset)
                .flip());
        int start = bytes.position();
        int end = bytes.limit();
        crc.update(bytes.limit(start + CHECKSUM_OFFSET));
        crc.update(bytes.limit(end).position(start + LEDGER_OFFSET));
        return (int) crc.getValue();
    }
}
