package dev.daybook.storage.journal;

import dev.daybook.storage.disk.DiskFile;
import java.io.IOException;
import java.nio.ByteBuffer;

/** Sequential reading of a file by large pieces, with random access to what was read last. */
final class FileWindow {
    private static final int WINDOW_BYTES = 1 << 20;

    private final DiskFile file;
    private final long fileBytes;
    private ByteBuffer window;
    private long windowStart;

    /** @param memory to read into if it is large enough, as an earlier window of the same thread left it */
    FileWindow(DiskFile file, ByteBuffer memory) throws IOException {
        this.file = file;
        this.fileBytes = file.size();
        long wanted = Math.min(WINDOW_BYTES, fileBytes);
        this.window = memory.capacity() >= wanted ? memory : ByteBuffer.allocateDirect((int) wanted);
        window.clear().limit(0);
    }

    /** For the next window. */
    ByteBuffer memory() {
        return window;
    }

    long fileBytes() {
        return fileBytes;
    }

    /** Whether that many bytes exist at the offset. */
    boolean has(long offset, long bytes) {
        return offset >= 0 && bytes >= 0 && offset <= fileBytes - bytes;
    }

    /** A buffer that holds the bytes, which must exist, from index {@link #indexOf} on. Valid until the next call. */
    ByteBuffer bytesAt(long offset, int bytes) throws IOException {
        if (offset < windowStart || offset + bytes > windowStart + window.limit()) {
            if (bytes > window.capacity()) {
                window = ByteBuffer.allocateDirect(bytes);
            }
            windowStart = offset;
            int count = file.read(offset, window.clear());
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
