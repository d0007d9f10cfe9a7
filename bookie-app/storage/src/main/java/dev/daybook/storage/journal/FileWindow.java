package dev.daybook.storage.journal;

import dev.daybook.storage.disk.DiskFile;
import java.io.IOException;
import java.nio.ByteBuffer;

/** Sequential reading of a file by large pieces, with random access to what was read last. */
final class FileWindow {
    private static final int WINDOW_BYTES = 1 << 20;

    private final DiskFile file;
    private final long fileBytes;
    private ByteBuffer window = ByteBuffer.allocate(0);
    private long windowStart;

    FileWindow(DiskFile file) throws IOException {
        this.file = file;
        this.fileBytes = file.size();
    }

    long fileBytes() {
        return fileBytes;
    }

    /** Whether that many bytes exist at the offset. */
    boolean has(long offset, long bytes) {
        return offset >= 0 && bytes >= 0 && offset <= fileBytes - bytes;
    }

    /** A buffer that holds the bytes, which must exist, from index {@link #indexOf} on. */
    ByteBuffer bytesAt(long offset, int bytes) throws IOException {
        if (offset < windowStart || offset + bytes > windowStart + window.limit()) {
            int wanted = (int) Math.min(fileBytes - offset, Math.max(bytes, WINDOW_BYTES));
            window = ByteBuffer.allocate(wanted);
            windowStart = offset;
            int count = file.read(offset, window);
            window.flip();
            if (count < bytes) {
                throw new IOException("The file ended at " + (offset + count) + " while it was read.");
            }
        }
        return window;
    }

    int indexOf(long offset) {
        return (int) (offset - windowStart);
    }
}
