package dev.daybook.storage.disk;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;

/** A file of the operating system. */
final class OpenFile implements DiskFile {
    private final Path path;
    private final FileChannel channel;
    private final int alignment;

    /** @param alignment 1 unless the channel goes around the page cache */
    OpenFile(Path path, FileChannel channel, int alignment) {
        this.path = path;
        this.channel = channel;
        this.alignment = alignment;
    }

    @Override
    public void write(long offset, ByteBuffer bytes) throws IOException {
        int start = bytes.position();
        try {
            while (bytes.hasRemaining()) {
                int written = channel.write(bytes, offset + (bytes.position() - start));
                // What a full disk leaves of a direct write need not end where the next one may begin.
                bytes.position(bytes.position() - written % alignment);
                if (written < alignment) {
                    throw new IOException("a write of " + bytes.remaining() + " bytes ended after " + written);
                }
            }
        } catch (IOException e) {
            throw explained(e);
        }
    }

    private IOException explained(IOException e) {
        String text = String.valueOf(e.getMessage());
        if (text.contains("No space left") || text.contains("quota exceeded")) {
            return new DiskFullException("There is no space left to write " + path + ".", e);
        }
        return new IOException("The file " + path + " could not be written: " + text + ".", e);
    }

    @Override
    public int read(long offset, ByteBuffer into) throws IOException {
        int total = 0;
        while (into.hasRemaining()) {
            int count = channel.read(into, offset + total);
            if (count < 0) {
                return total;
            }
            total += count;
            if (count % alignment != 0) {
                return total; // The end of a file that ends within a block.
            }
        }
        return total;
    }

    @Override
    public void sync() throws IOException {
        try {
            channel.force(false);
        } catch (IOException e) {
            throw explained(e);
        }
    }

    @Override
    public long size() throws IOException {
        return channel.size();
    }

    @Override
    public int alignment() {
        return alignment;
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }

    @Override
    public String toString() {
        return path.toString();
    }
}
