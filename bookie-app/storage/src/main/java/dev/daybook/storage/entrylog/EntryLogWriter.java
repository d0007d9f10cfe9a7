package dev.daybook.storage.entrylog;

import dev.daybook.storage.disk.AlignedBuffers;
import dev.daybook.storage.disk.Disk;
import dev.daybook.storage.disk.DiskFile;
import java.io.IOException;
import java.nio.ByteBuffer;

/**
 * Appends entries to one new entry log, through a large buffer that is written at multiples of 4096 only. Not
 * thread-safe. After an exception it must be closed and not used again.
 */
public final class EntryLogWriter implements AutoCloseable {
    private final int logId;
    private final DiskFile file;
    private final ByteBuffer buffer;
    private final ByteBuffer head = ByteBuffer.allocate(EntryLogFormat.HEAD_BYTES);
    private long writtenBytes;

    private EntryLogWriter(int logId, DiskFile file, int bufferBytes) {
        this.logId = logId;
        this.file = file;
        int blocks = Math.max(1, bufferBytes / EntryLogFormat.BLOCK_BYTES);
        this.buffer = AlignedBuffers.allocate(blocks * EntryLogFormat.BLOCK_BYTES);
        buffer.put(EntryLogFormat.header(logId));
    }

    /**
     * The log must not exist: reusing an id would overwrite entries.
     *
     * @param direct around the page cache, where the volume can do that
     * @param bufferBytes memory taken until the writer is closed; rounded to whole blocks of 4096
     */
    public static EntryLogWriter create(Disk disk, int logId, boolean direct, int bufferBytes) throws IOException {
        DiskFile file = disk.create(EntryLogs.nameOf(logId));
        if (direct) {
            file.close();
            file = disk.openDirect(EntryLogs.nameOf(logId));
        }
        return new EntryLogWriter(logId, file, bufferBytes);
    }

    public int logId() {
        return logId;
    }

    /** Length that the file has once everything is written. */
    public long bytes() {
        return writtenBytes + buffer.position();
    }

    /**
     * Appends one entry.
     *
     * @param flush under which the entry was first stored
     * @param body the packaged entry; its position moves to its limit
     */
    public EntryLocation append(long ledgerId, long entryId, long flush, ByteBuffer body) throws IOException {
        int bodyBytes = body.remaining();
        if (bodyBytes > EntryLogFormat.BODY_BYTES_MAX) {
            throw new IllegalArgumentException("entry " + entryId + " of ledger " + ledgerId + " has " + bodyBytes
                    + " bytes, which is more than an entry can have");
        }
        long offset = bytes();
        EntryLogFormat.putHead(
                head,
                logId,
                offset,
                new EntryLogFormat.Fields(bodyBytes, EntryLogFormat.checksum(body), ledgerId, entryId, flush));
        put(head.clear());
        put(body);
        pad(EntryLogFormat.RECORD_ALIGNMENT);
        return new EntryLocation(logId, offset, bodyBytes);
    }

    private void put(ByteBuffer bytes) throws IOException {
        int end = bytes.limit();
        while (bytes.hasRemaining()) {
            if (!buffer.hasRemaining()) {
                write();
            }
            bytes.limit(Math.min(end, bytes.position() + buffer.remaining()));
            buffer.put(bytes);
            bytes.limit(end);
        }
    }

    /** The buffer's size is a multiple of every alignment, so padding never runs over its end. */
    private void pad(int alignment) {
        int end = (int) EntryLogFormat.aligned(buffer.position(), alignment);
        while (buffer.position() < end) {
            buffer.put((byte) 0);
        }
    }

    private void write() throws IOException {
        buffer.flip();
        int count = buffer.remaining();
        file.write(writtenBytes, buffer);
        writtenBytes += count;
        buffer.clear();
    }

    /** Makes everything appended so far durable, filled up with zeros to a multiple of 4096. */
    public void sync() throws IOException {
        pad(EntryLogFormat.BLOCK_BYTES);
        if (buffer.position() > 0) {
            write();
        }
        file.sync();
    }

    @Override
    public void close() throws IOException {
        file.close();
    }
}
