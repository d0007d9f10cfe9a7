package dev.daybook.storage.entrylog;

import dev.daybook.storage.disk.DiskFile;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Arrays;

/**
 * A piece of a log in memory that moves along. What the disk cannot read is shown as bytes that are neither a record nor
 * padding, so that the blocks around it are still of use.
 */
final class LogWindow {
    private static final int WINDOW_BYTES = 1 << 20;
    private static final byte UNREADABLE = (byte) 0xff;

    private final DiskFile file;
    private final long validBytes;
    private ByteBuffer bytes = ByteBuffer.allocate(0);
    private long start;

    LogWindow(DiskFile file, long validBytes) {
        this.file = file;
        this.validBytes = validBytes;
    }

    /**
     * Brings a piece of the log into the window.
     *
     * @return where in {@link #bytes} it begins
     */
    int show(long offset, int count) throws IOException {
        if (offset < start || offset + count > start + bytes.limit()) {
            load(offset, count);
        }
        return Math.toIntExact(offset - start);
    }

    ByteBuffer bytes() {
        return bytes;
    }

    private void load(long offset, int count) throws IOException {
        long from = offset / EntryLogFormat.BLOCK_BYTES * EntryLogFormat.BLOCK_BYTES;
        int wanted = Math.toIntExact(Math.min(validBytes - from, Math.max((long) WINDOW_BYTES, offset - from + count)));
        if (bytes.capacity() < wanted) {
            bytes = ByteBuffer.allocate(wanted);
        }
        bytes.clear().limit(wanted);
        start = from;
        try {
            file.read(from, bytes);
        } catch (IOException e) {
            loadByBlocks(from, wanted, e);
        }
        fillUnread(wanted);
        bytes.position(0).limit(wanted);
    }

    private void loadByBlocks(long from, int wanted, IOException cause) throws IOException {
        boolean anyRead = false;
        for (int at = 0; at < wanted; at += EntryLogFormat.BLOCK_BYTES) {
            int end = Math.min(wanted, at + EntryLogFormat.BLOCK_BYTES);
            bytes.limit(end).position(at);
            try {
                file.read(from + at, bytes);
                anyRead = true;
            } catch (IOException e) {
                bytes.position(at);
            }
            fillUnread(end);
        }
        if (!anyRead) {
            throw cause;
        }
    }

    private void fillUnread(int end) {
        Arrays.fill(bytes.array(), bytes.position(), end, UNREADABLE);
        bytes.limit(end).position(end);
    }
}
