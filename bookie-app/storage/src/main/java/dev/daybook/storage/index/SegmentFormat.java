package dev.daybook.storage.index;

import dev.daybook.storage.entrylog.EntryLocation;
import java.nio.ByteBuffer;
import java.util.Locale;
import java.util.zip.CRC32C;

/**
 * Layout of a segment: blocks of three kinds as they became full, then two lists that find them, then a tail. Every
 * checksum is bound to the segment and the place.
 */
final class SegmentFormat {
    static final String SUFFIX = ".index";

    static final int BLOCK_BYTES = 4096;
    static final int TAIL_BYTES = 64;

    /** What a block holds. */
    enum Kind {
        /** Rows of the index. */
        ROWS(1, 40),
        /** First keys of row blocks, and their numbers. */
        KEYS(2, 24),
        /** What lies in which entry log. */
        SHARES(3, 36);

        final int code;
        final int itemBytes;
        final int itemsMax;

        Kind(int code, int itemBytes) {
            this.code = code;
            this.itemBytes = itemBytes;
            this.itemsMax = KIND_OFFSET / itemBytes;
        }
    }

    private static final int KIND_OFFSET = 4080;
    private static final int COUNT_OFFSET = 4084;
    private static final int CHECKSUM_OFFSET = 4088;
    private static final long MAGIC = 0x4441_5942_4f4f_4b49L; // "DAYBOOKI"
    private static final int VERSION = 1;
    private static final int TAIL_CHECKED_BYTES = 56;

    private SegmentFormat() {}

    static String nameOf(long segmentId) {
        return String.format(Locale.ROOT, "%016x", segmentId) + SUFFIX;
    }

    static void putRow(ByteBuffer into, IndexRow row) {
        into.putLong(row.ledgerId())
                .putLong(row.entryId())
                .putLong(row.flush())
                .putInt(row.location().logId())
                .putInt(row.location().bodyBytes())
                .putLong(row.location().offset());
    }

    static IndexRow rowAt(ByteBuffer block, int row) {
        int start = row * Kind.ROWS.itemBytes;
        EntryLocation location =
                new EntryLocation(block.getInt(start + 24), block.getLong(start + 32), block.getInt(start + 28));
        return new IndexRow(block.getLong(start), block.getLong(start + 8), block.getLong(start + 16), location);
    }

    static void putShare(ByteBuffer into, LogShare share) {
        into.putLong(share.ledgerId())
                .putLong(share.lastFlush())
                .putLong(share.rows())
                .putLong(share.bytes())
                .putInt(share.logId());
    }

    static LogShare shareAt(ByteBuffer block, int share) {
        int start = share * Kind.SHARES.itemBytes;
        return new LogShare(
                block.getInt(start + 32),
                block.getLong(start),
                block.getLong(start + 8),
                block.getLong(start + 16),
                block.getLong(start + 24));
    }

    static int itemsOf(ByteBuffer block) {
        return block.getInt(COUNT_OFFSET);
    }

    static void sealBlock(ByteBuffer block, Kind kind, int items, long segmentId, long blockIndex) {
        block.putInt(KIND_OFFSET, kind.code);
        block.putInt(COUNT_OFFSET, items);
        block.putInt(CHECKSUM_OFFSET, checksum(block, CHECKSUM_OFFSET, segmentId, blockIndex));
    }

    static boolean isBlockValid(ByteBuffer block, long segmentId, long blockIndex) {
        return block.limit() == BLOCK_BYTES
                && block.getInt(CHECKSUM_OFFSET) == checksum(block, CHECKSUM_OFFSET, segmentId, blockIndex);
    }

    static boolean isOfKind(ByteBuffer block, Kind kind) {
        return block.getInt(KIND_OFFSET) == kind.code && itemsOf(block) >= 1 && itemsOf(block) <= kind.itemsMax;
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

    /** Sizes and checksum of what lies behind the blocks. */
    record Tail(long segmentId, long blocks, long rows, int keyBlocks, int shareBlocks, int listsChecksum) {
        ByteBuffer encode() {
            ByteBuffer bytes = ByteBuffer.allocate(TAIL_BYTES);
            bytes.putLong(MAGIC)
                    .putInt(VERSION)
                    .putInt(listsChecksum)
                    .putLong(segmentId)
                    .putLong(blocks)
                    .putLong(rows)
                    .putInt(keyBlocks)
                    .putInt(shareBlocks);
            bytes.putInt(TAIL_CHECKED_BYTES, checksum(bytes, TAIL_CHECKED_BYTES, segmentId, -1));
            return bytes.rewind();
        }

        static Tail decode(ByteBuffer bytes) {
            return new Tail(
                    bytes.getLong(16),
                    bytes.getLong(24),
                    bytes.getLong(32),
                    bytes.getInt(40),
                    bytes.getInt(44),
                    bytes.getInt(12));
        }

        static boolean isValid(ByteBuffer bytes, long segmentId) {
            return bytes.limit() == TAIL_BYTES
                    && bytes.getLong(0) == MAGIC
                    && bytes.getInt(8) == VERSION
                    && bytes.getLong(16) == segmentId
                    && bytes.getInt(TAIL_CHECKED_BYTES) == checksum(bytes, TAIL_CHECKED_BYTES, segmentId, -1);
        }

        long listsOffset() {
            return blocks * BLOCK_BYTES;
        }

        long listsBytes() {
            return (long) keyBlocks * Kind.KEYS.itemBytes + (long) shareBlocks * Long.BYTES;
        }

        long fileBytes() {
            return listsOffset() + listsBytes() + TAIL_BYTES;
        }
    }
}
