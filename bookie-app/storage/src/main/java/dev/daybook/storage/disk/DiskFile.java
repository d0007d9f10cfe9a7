package dev.daybook.storage.disk;

import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;

/** An open file. Reads may run concurrently with each other and with writes elsewhere in the file. */
public interface DiskFile extends Closeable {
    /**
     * Writes all remaining bytes at the offset, which may lie behind the end.
     *
     * @throws DiskFullException if there is no space; part of the bytes may have been written
     */
    void write(long offset, ByteBuffer bytes) throws IOException;

    /** Reads until the buffer is full or the file ends, and returns how many bytes there were. */
    int read(long offset, ByteBuffer into) throws IOException;

    /** Makes bytes and size durable. After a failure nothing written since the last success may be relied upon. */
    void sync() throws IOException;

    long size() throws IOException;

    /**
     * Of a direct file, what offsets, lengths and the memory addresses of (direct) buffers must be multiples of, for
     * writing and for reading; it divides {@link AlignedBuffers#BLOCK_BYTES}. 1 for ordinary files. A direct write is
     * durable only after {@link #sync}, as any other.
     */
    int alignment();
}
