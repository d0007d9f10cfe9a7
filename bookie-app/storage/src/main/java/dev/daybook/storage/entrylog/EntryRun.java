package dev.daybook.storage.entrylog;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Optional;

/** Neighbouring entries of one ledger, read from a log at once. Not thread-safe until it is complete. */
public final class EntryRun {
    private static final int ROOM_AT_FIRST = 64;

    private final ByteBuffer bytes;
    private final int logId;
    private final long offset;
    private long[] entryIds = new long[ROOM_AT_FIRST];
    private int[] starts = new int[ROOM_AT_FIRST];
    private int count;
    private int usedBytes;

    private EntryRun(ByteBuffer bytes, int logId, long offset) {
        this.bytes = bytes;
        this.logId = logId;
        this.offset = offset;
    }

    /**
     * Takes records as long as they are whole, undamaged in their heads, of this ledger, and ascend.
     *
     * @param bytes from the offset on; not to be changed any more
     */
    static EntryRun parse(ByteBuffer bytes, int logId, long offset, long ledgerId) {
        EntryRun run = new EntryRun(bytes, logId, offset);
        int at = 0;
        while (at + EntryLogFormat.HEAD_BYTES <= bytes.limit()
                && EntryLogFormat.isHead(bytes, at, logId, offset + at)) {
            EntryLogFormat.Fields fields = EntryLogFormat.fieldsAt(bytes, at);
            if (fields.ledgerId() != ledgerId
                    || (run.count > 0 && fields.entryId() <= run.lastEntryId())
                    || at + EntryLogFormat.HEAD_BYTES + fields.bodyBytes() > bytes.limit()) {
                break;
            }
            run.add(fields.entryId(), at);
            at = (int) Math.min(bytes.limit(), at + fields.recordBytes());
            run.usedBytes = at;
        }
        return run;
    }

    private void add(long entryId, int start) {
        if (count == starts.length) {
            entryIds = Arrays.copyOf(entryIds, 2 * count);
            starts = Arrays.copyOf(starts, 2 * count);
        }
        entryIds[count] = entryId;
        starts[count] = start;
        count++;
    }

    public boolean isEmpty() {
        return count == 0;
    }

    /** Which of the entries, counted from 0, this is; negative if it is not here. */
    public int indexOf(long entryId) {
        return Arrays.binarySearch(entryIds, 0, count, entryId);
    }

    public int count() {
        return count;
    }

    /** Whether the entry lies at this place. */
    public boolean isAt(int index, EntryLocation location) {
        return location.logId() == logId && location.offset() == offset + starts[index];
    }

    /** Forgets all but the first entries. */
    public void keepFirst(int entries) {
        count = Math.min(count, entries);
    }

    public long firstEntryId() {
        return entryIds[0];
    }

    public long lastEntryId() {
        return entryIds[count - 1];
    }

    /** Bytes of the log that the entries take. */
    public int usedBytes() {
        return usedBytes;
    }

    /** Memory that this takes. */
    public int memoryBytes() {
        return bytes.capacity() + starts.length * (Long.BYTES + Integer.BYTES);
    }

    /**
     * A copy of the packaged entry in a heap buffer of its own; empty also if it is damaged here.
     *
     * @param visibleFromFlush what earlier flushes stored is not to be found
     */
    public Optional<ByteBuffer> find(long entryId, long visibleFromFlush) {
        int index = indexOf(entryId);
        if (index < 0) {
            return Optional.empty();
        }
        EntryLogFormat.Fields fields = EntryLogFormat.fieldsAt(bytes, starts[index]);
        byte[] body = new byte[fields.bodyBytes()];
        bytes.get(starts[index] + EntryLogFormat.HEAD_BYTES, body);
        ByteBuffer copy = ByteBuffer.wrap(body);
        boolean valid = fields.flush() >= visibleFromFlush && EntryLogFormat.checksum(copy) == fields.bodyChecksum();
        return valid ? Optional.of(copy) : Optional.empty();
    }
}
