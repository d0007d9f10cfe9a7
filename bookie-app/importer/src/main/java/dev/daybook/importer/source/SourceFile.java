package dev.daybook.importer.source;

import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** A file opened for reading only, by pieces large enough for a walk and small enough for single records. */
final class SourceFile implements Closeable {
    private static final int WINDOW_BYTES = 1 << 16;

    private final Path path;
    private final FileChannel channel;
    private final long bytes;
    private ByteBuffer window = ByteBuffer.allocate(0);
    private long windowStart;

    private SourceFile(Path path, FileChannel channel) throws IOException {
        this.path = path;
        this.channel = channel;
        this.bytes = channel.size();
    }

    static SourceFile open(Path path) throws IOException {
        FileChannel channel = FileChannel.open(path, StandardOpenOption.READ);
        try {
            return new SourceFile(path, channel);
        } catch (IOException e) {
            channel.close();
            throw e;
        }
    }

    Path path() {
        return path;
    }

    long bytes() {
        return bytes;
    }

    /** Whether that many bytes exist at the offset. */
    boolean has(long offset, long count) {
        return offset >= 0 && count >= 0 && offset <= bytes - count;
    }

    int intAt(long offset) throws IOException {
        return view(offset, Integer.BYTES).getInt();
    }

    long longAt(long offset) throws IOException {
        return view(offset, Long.BYTES).getLong();
    }

    byte[] bytesAt(long offset, int count) throws IOException {
        byte[] copy = new byte[count];
        view(offset, count).get(copy);
        return copy;
    }

    /** The bytes, valid until the next call. */
    private ByteBuffer view(long offset, int count) throws IOException {
        if (!has(offset, count)) {
            throw new SourceRefused("The file " + path + " ends before byte " + (offset + count) + ".");
        }
        if (offset < windowStart || offset + count > windowStart + window.limit()) {
            fill(offset, (int) Math.min(bytes - offset, Math.max(count, WINDOW_BYTES)));
        }
        int start = (int) (offset - windowStart);
        return window.duplicate().position(start).limit(start + count);
    }

    private void fill(long offset, int count) throws IOException {
        ByteBuffer into = window.capacity() >= count ? window.clear().limit(count) : ByteBuffer.allocate(count);
        while (into.hasRemaining()) {
            if (channel.read(into, offset + into.position()) < 0) {
                throw new SourceRefused(
                        "The file " + path + " became shorter while it was read: stop the bookie that" + " uses it.");
            }
        }
        window = into.flip();
        windowStart = offset;
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }
}
