package dev.daybook.storage.disk;

import java.nio.ByteBuffer;

/** Buffers and lengths for files that were opened with {@link Disk#openDirect}. */
public final class AlignedBuffers {
    /** A multiple of the alignment of every direct file. */
    public static final int BLOCK_BYTES = 4096;

    private AlignedBuffers() {}

    /** A direct buffer, zeroed, whose memory begins at a multiple of {@link #BLOCK_BYTES}. */
    public static ByteBuffer allocate(int bytes) {
        return ByteBuffer.allocateDirect(Math.addExact(bytes, BLOCK_BYTES - 1))
                .alignedSlice(BLOCK_BYTES)
                .limit(bytes)
                .slice();
    }

    /** The next multiple of {@link #BLOCK_BYTES}, or the number itself if it is one. */
    public static long roundUp(long bytes) {
        return (bytes + BLOCK_BYTES - 1) & -BLOCK_BYTES;
    }

    /** Appends zeros up to the next multiple of {@link #BLOCK_BYTES} of the position. */
    public static void pad(ByteBuffer bytes) {
        int end = (int) roundUp(bytes.position());
        while (bytes.position() < end) {
            if (end - bytes.position() >= Long.BYTES) {
                bytes.putLong(0);
            } else {
                bytes.put((byte) 0);
            }
        }
    }
}
