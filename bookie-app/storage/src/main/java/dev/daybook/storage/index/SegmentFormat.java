package dev.daybook.storage.index;

import dev.daybook.storage.entrylog.EntryLocation;
import java.nio.ByteBuffer;
import java.util.Locale;
import java.util.zip.CRC32C;

/**
 * Layout of a segment: blocks of rows, the first key of every block, the shares of the entry logs, and a tail that finds
 * and checks them. Every checksum is bound to the segment and the place.
 */
final class SegmentFormat {
    static final String SUFFIX = ".index";

    static final int BLOCK_BYTES = 4096;
    static final int ROW_BYTES = 32;
    static final int BLOCK_ROWS_MAX = 127;

    /** Two longs: the first key of a block. */
    static final int KEY_BYTES = 16;

    static final int SHARE_BYTES = 28;
    static final int TAIL_BYTES = 64;

    private static final int BLOCK_COUNT_OFFSET = BLOCK_ROWS_MAX * ROW_BYTES;
    private static final int BLOCK_CHECKSUM_OFFSET = BLOCK_COUNT_OFFSET + Integer.BYTES;
    private static final long MAGIC = 0x4441_5942_4f4f_4b49L; // "DAYBOOKI"
    private static final int VERSION = 1;
    private static final int TAIL_CHECKED_BYTES = 56;

    /** In place of a location where there is none. */
    static final EntryLocation NOWHERE = new EntryLocation(0, 0, 0);

    private SegmentFormat() {}

    static String nameOf(long segmentId) {
        return String.format(Locale.ROOT, "%016x", segmentId) + SUFFIX;
    }

    static void putRow(ByteBuffer into, IndexRow row) {
        into.putLong(row.ledgerId())
                .putLong(row.entryId())
                .putInt(row.location().logId())
                .putInt(row.location().bodyBytes())
                .putLong(row.location().offset());
    }

    static IndexRow rowAt(ByteBuffer block, int row) {
        int start = row * ROW_BYTES;
        EntryLocation location =
                new EntryLocation(block.getInt(start + 16), block.getLong(start + 24), block.getInt(start + 20));
        return new IndexRow(block.getLong(start), block.getLong(start + 8), location);
    }

    static int rowsOf(ByteBuffer block) {
        return block.getInt(BLOCK_COUNT_OFFSET);
    }

    static void sealBlock(ByteBuffer block, int rows, long segmentId, long blockIndex) {
        block.putInt(BLOCK_COUNT_OFFSET, rows);
        block.putInt(BLOCK_CHECKSUM_OFFSET, checksum(block, BLOCK_CHECKSUM_OFFSET, segmentId, blockIndex));
    }

    static boolean isBlockValid(ByteBuffer block, long segmentId, long blockIndex) {
        return block.limit() == BLOCK_BYTES
                && rowsOf(block) >= 1
                && rowsOf(block) <= BLOCK_ROWS_MAX
                && block.getInt(BLOCK_CHECKSUM_OFFSET) == checksum(block, BLOCK_CHECKSUM_OFFSET, segmentId, blockIndex);
    }

    /** Over the first bytes of the buffer, bound to a segment and a place in it. */
    static int checksum(ByteBuffer bytes, int count, long segmentId, long place) {
        CRC32C crc = new CRC32C();
        crc.update(ByteBuffer.allocate(2 * Long.BYTES)
                .putLong(segmentId)
                .putLong(place)
                .flip());
        crc.update(bytes.duplicate().position(0).limit(count));
        return (int) crc.getValue();
    }

    /** Sizes and checksums of what lies behind the blocks. */
    record Tail(long segmentId, long blocks, long rows, int keysChecksum, int shares, int sharesChecksum) {
        ByteBuffer encode() {
            ByteBuffer bytes = ByteBuffer.allocate(TAIL_BYTES);
            bytes.putLong(MAGIC)
                    .putInt(VERSION)
                    .putInt(keysChecksum)
                    .putLong(segmentId)
                    .putLong(blocks)
                    .putLong(rows)
                    .putInt(shares)
                    .putInt(sharesChecksum);
            bytes.putInt(TAIL_CHECKED_BYTES, checksum(bytes, TAIL_CHECKED_BYTES, segmentId, -1));
            return bytes.rewind();
        }

        static Tail decode(ByteBuffer bytes) {
            return new Tail(
                    bytes.getLong(16),
                    bytes.getLong(24),
                    bytes.getLong(32),
                    bytes.getInt(12),
                    bytes.getInt(40),
                    bytes.getInt(44));
        }

        static boolean isValid(ByteBuffer bytes, long segmentId) {
            return bytes.limit() == TAIL_BYTES
                    && bytes.getLong(0) == MAGIC
                    && bytes.getInt(8) == VERSION
                    && bytes.getLong(16) == segmentId
                    && bytes.getInt(TAIL_CHECKED_BYTES) == checksum(bytes, TAIL_CHECKED_BYTES, segmentId, -1);
        }

        long keysOffset() {
            return blocks * BLOCK_BYTES;
        }

        long keysBytes() {
            return blocks * KEY_BYTES;
        }

        long sharesOffset() {
            return keysOffset() + keysBytes();
        }

        long sharesBytes() {
            return (long) shares * SHARE_BYTES;
        }

        long fileBytes() {
            return sharesOffset() + sharesBytes() + TAIL_BYTES;
        }
    }
}
