package dev.daybook.storage.journal;

import dev.daybook.engine.journal.JournalRecord;
import dev.daybook.storage.StorageDamage;
import dev.daybook.storage.memtable.EntryBytes;
import java.nio.ByteBuffer;
import java.util.zip.CRC32C;

/** The bytes of a journal record; layout in FORMAT.md. Not thread-safe. */
final class RecordCodec {
    /** Records begin at multiples of this. */
    static final int RECORD_ALIGNMENT = 8;

    static final int PREFIX_BYTES = 40;

    /** Far above the largest frame that the network accepts. */
    static final int CONTENT_BYTES_MAX = 64 << 20;

    private static final int LENGTH_OFFSET = 8;
    private static final int CHECKSUM_OFFSET = 12;
    private static final int SYNCED_END_OFFSET = 16;
    private static final int LEDGER_OFFSET = 24;
    private static final int KIND_OFFSET = 32;

    private static final int KIND_ENTRY = 1;
    private static final int KIND_KEY = 2;
    private static final int KIND_FENCE = 3;
    private static final int KIND_EXPLICIT_LAC = 4;
    private static final int KIND_DELETE = 5;
    private static final int LIMBO_BYTES = 1 + Long.BYTES;
    private static final int KIND_LIMBO = 6;
    private static final int KIND_MARK = 7;

    private static final int ENTRY_PREFIX_BYTES = 24;
    private static final int EXPLICIT_LAC_PREFIX_BYTES = 16;

    private final CRC32C crc = new CRC32C();
    private final ByteBuffer binding = ByteBuffer.allocate(2 * Long.BYTES);

    /** Bytes of the whole record, its alignment included. */
    static int bytesOf(JournalRecord<EntryBytes> fact) {
        return aligned(PREFIX_BYTES + contentBytesOf(fact));
    }

    static int aligned(int bytes) {
        return (bytes + RECORD_ALIGNMENT - 1) & -RECORD_ALIGNMENT;
    }

    private static int contentBytesOf(JournalRecord<EntryBytes> fact) {
        if (fact instanceof JournalRecord.Entry<EntryBytes> entry) {
            return entry.payload().length();
        }
        if (fact instanceof JournalRecord.Key<EntryBytes> key) {
            return key.masterKey().length;
        }
        if (fact instanceof JournalRecord.ExplicitLac<EntryBytes> lac) {
            return lac.bytes().length;
        }
        if (fact instanceof JournalRecord.Delete<EntryBytes>) {
            return Long.BYTES;
        }
        return fact instanceof JournalRecord.Limbo<EntryBytes> ? LIMBO_BYTES : 0;
    }

    /**
     * Appends the record to the buffer.
     *
     * @param generation of the file it is for
     * @param offset in that file
     * @param sequence of the record
     * @param syncedEnd how much of that file is known to be synced
     */
    void encode(
            JournalRecord<EntryBytes> fact,
            long generation,
            long offset,
            long sequence,
            long syncedEnd,
            ByteBuffer into) {
        int start = into.position();
        int contentBytes = contentBytesOf(fact);
        into.putLong(sequence).putInt(contentBytes).putInt(0).putLong(syncedEnd).putLong(fact.ledgerId());
        if (fact instanceof JournalRecord.Entry<EntryBytes> entry) {
            into.putLong((long) KIND_ENTRY << 32);
            entry.payload().copyTo(into);
        } else if (fact instanceof JournalRecord.Key<EntryBytes> key) {
            into.putLong((long) KIND_KEY << 32).put(key.masterKey());
        } else if (fact instanceof JournalRecord.Fence<EntryBytes>) {
            into.putLong((long) KIND_FENCE << 32);
        } else if (fact instanceof JournalRecord.ExplicitLac<EntryBytes> lac) {
            into.putLong((long) KIND_EXPLICIT_LAC << 32).put(lac.bytes());
        } else if (fact instanceof JournalRecord.Delete<EntryBytes> delete) {
            into.putLong((long) KIND_DELETE << 32).putLong(delete.deletedMillis());
        } else if (fact instanceof JournalRecord.Limbo<EntryBytes> limbo) {
            into.putLong((long) KIND_LIMBO << 32)
                    .put((byte) (limbo.inLimbo() ? 1 : 0))
                    .putLong(limbo.lastEntryId());
        }
        into.putInt(start + CHECKSUM_OFFSET, checksum(into, start, contentBytes, generation, offset));
        while ((into.position() - start) % RECORD_ALIGNMENT != 0) {
            into.put((byte) 0);
        }
    }

    /** Appends a record that states no fact, only that everything before a group is synced. */
    void encodeMark(long generation, long offset, long sequence, long syncedEnd, ByteBuffer into) {
        int start = into.position();
        into.putLong(sequence).putInt(0).putInt(0).putLong(syncedEnd).putLong(0).putLong((long) KIND_MARK << 32);
        into.putInt(start + CHECKSUM_OFFSET, checksum(into, start, 0, generation, offset));
    }

    static boolean isMark(ByteBuffer bytes, int start) {
        return bytes.getInt(start + KIND_OFFSET) == KIND_MARK && contentBytesAt(bytes, start) == 0;
    }

    static long sequenceAt(ByteBuffer bytes, int start) {
        return bytes.getLong(start);
    }

    static int contentBytesAt(ByteBuffer bytes, int start) {
        return bytes.getInt(start + LENGTH_OFFSET);
    }

    static long syncedEndAt(ByteBuffer bytes, int start) {
        return bytes.getLong(start + SYNCED_END_OFFSET);
    }

    /** The buffer must hold the whole record. */
    boolean isChecksumValid(ByteBuffer bytes, int start, long generation, long offset) {
        int stored = bytes.getInt(start + CHECKSUM_OFFSET);
        return stored == checksum(bytes, start, contentBytesAt(bytes, start), generation, offset);
    }

    private int checksum(ByteBuffer bytes, int start, int contentBytes, long generation, long offset) {
        crc.reset();
        binding.clear().putLong(generation).putLong(offset).flip();
        crc.update(binding);
        ByteBuffer view = bytes.duplicate();
        crc.update(view.limit(start + CHECKSUM_OFFSET).position(start));
        crc.update(view.limit(start + PREFIX_BYTES + contentBytes).position(start + SYNCED_END_OFFSET));
        return (int) crc.getValue();
    }

    /** Decodes a record whose checksum is valid. */
    static JournalRecord<EntryBytes> decode(ByteBuffer bytes, int start) throws StorageDamage {
        long ledgerId = bytes.getLong(start + LEDGER_OFFSET);
        byte[] content = new byte[contentBytesAt(bytes, start)];
        bytes.get(start + PREFIX_BYTES, content);
        ByteBuffer view = ByteBuffer.wrap(content);
        int kind = bytes.getInt(start + KIND_OFFSET);
        if (kind == KIND_ENTRY && content.length >= ENTRY_PREFIX_BYTES) {
            return new JournalRecord.Entry<>(ledgerId, view.getLong(8), view.getLong(16), EntryBytes.ofHeap(content));
        }
        if (kind == KIND_KEY) {
            return new JournalRecord.Key<>(ledgerId, content);
        }
        if (kind == KIND_FENCE) {
            return new JournalRecord.Fence<>(ledgerId);
        }
        if (kind == KIND_EXPLICIT_LAC && content.length >= EXPLICIT_LAC_PREFIX_BYTES) {
            return new JournalRecord.ExplicitLac<>(ledgerId, view.getLong(8), content);
        }
        if (kind == KIND_DELETE && content.length == Long.BYTES) {
            return new JournalRecord.Delete<>(ledgerId, view.getLong(0));
        }
        if (kind == KIND_LIMBO && content.length == LIMBO_BYTES) {
            return new JournalRecord.Limbo<>(ledgerId, content[0] != 0, view.getLong(1));
        }
        throw new StorageDamage("The journal has a record of kind " + kind + " with " + content.length
                + " bytes, which this version does not know: start the version that wrote it.");
    }
}
