package dev.daybook.storage.memtable;

import java.nio.ByteBuffer;
import java.util.Objects;

/**
 * The packaged entry, in an arena or on the Java heap. Who holds the only reference releases it once, or passes it on to
 * somebody who does; after that the bytes may change at any moment. On the heap a release does nothing, so that what was
 * read from disk may be left to the garbage collector.
 */
public final class EntryBytes {
    private final Chunk chunk;
    private final int offset;
    private final int length;

    EntryBytes(Chunk chunk, int offset, int length) {
        this.chunk = chunk;
        this.offset = offset;
        this.length = length;
    }

    /** The array must not be changed any more. */
    public static EntryBytes ofHeap(byte[] body) {
        return new EntryBytes(new Chunk(ByteBuffer.wrap(body), null), 0, body.length);
    }

    /** What remains in the buffer, which must not be changed any more. */
    public static EntryBytes ofHeap(ByteBuffer body) {
        return new EntryBytes(new Chunk(body, null), body.position(), body.remaining());
    }

    public int length() {
        return length;
    }

    /** The bytes themselves; valid until they are released. */
    public ByteBuffer view() {
        return chunk.memory().slice(offset, length);
    }

    /** The eight bytes from an index on, most significant first. */
    public long getLong(int index) {
        return chunk.memory().getLong(offset + Objects.checkFromIndexSize(index, Long.BYTES, length));
    }

    /** Appends the bytes to the buffer. */
    public void copyTo(ByteBuffer target) {
        target.put(target.position(), chunk.memory(), offset, length);
        target.position(target.position() + length);
    }

    /** A copy that the garbage collector takes care of. */
    public EntryBytes heapCopy() {
        byte[] copy = new byte[length];
        chunk.memory().get(offset, copy);
        return ofHeap(copy);
    }

    public void release() {
        chunk.release(1);
    }

    Chunk chunk() {
        return chunk;
    }

    int offset() {
        return offset;
    }
}
