package dev.daybook.storage.entrylog;

import dev.daybook.storage.disk.Disk;
import dev.daybook.storage.disk.DiskFile;
import java.io.IOException;
import java.nio.ByteBuffer;

/** Appends entries to one new entry log. Not thread-safe. After an exception it must be closed and not used again. */
public final class EntryLogWriter implements AutoCloseable {
    private static final int BUFFER_BYTES = 1 << 18;

    private final int logId;
    private final DiskFile file;
    private ByteBuffer buffer = ByteBuffer.allocate(BUFFER_BYTES);
    private long writtenBytes;

    private EntryLogWriter(int logId, DiskFile file) {
        this.logId = logId;
        this.file = file;
        buffer.put(EntryLogFormat.header(logId));
    }

    /** The log must not exist: reusing an id would overwrite entries. */
    public static EntryLogWriter create(Disk disk, int logId) throws IOException {
        return new EntryLogWriter(logId, disk.create(EntryLogs.nameOf(logId)));
    }

    public int logId() {
        return logId;
    }

    /** Length that the file has once everything is written. */
    public long bytes() {
        return writtenBytes + buffer.position();
    }

    public EntryLocation append(long ledgerId, long entryId, byte[] body) throws IOException {
        int recordBytes = EntryLogFormat.PREFIX_BYTES + body.length;
        if (buffer.remaining() < recordBytes) {
            write();
        }
        if (buffer.capacity() < recordBytes) {
            buffer = ByteBuffer.allocate(recordBytes);
        }
        long offset = bytes();
        EntryLogFormat.encode(logId, offset, ledgerId, entryId, body, buffer);
        return new EntryLocation(logId, offset, body.length);
    }

    private void write() throws IOException {
        buffer.flip();
        int count = buffer.remaining();
        file.write(writtenBytes, buffer);
        writtenBytes += count;
        buffer.clear();
    }

    public void sync() throws IOException {
        write();
        file.sync();
    }

    @Override
    public void close() throws IOException {
        file.close();
    }
}
