package dev.daybook.server.net;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import java.util.ArrayDeque;
import org.jspecify.annotations.Nullable;

/**
 * Cuts the byte stream of one connection into frames (wire protocol, section 2). Frames that lie within what was read at
 * once are not copied; of one that does not, what has come is kept, with no more memory than twice that, because a
 * length costs a stranger nothing. After a length that cannot be nothing more is cut: the stream has lost its rhythm.
 */
final class FrameSplitter {
    private static final int LENGTH_BYTES = 4;
    private static final int KEPT_BYTES_MIN = 256;

    private final int maxFrameBytes;
    private final ByteBufAllocator allocator;

    /** The beginning of a frame, its length included. */
    private @Nullable ByteBuf kept;

    /** What has been read beyond the point where the receiver refused to go on. */
    private final ArrayDeque<ByteBuf> uncut = new ArrayDeque<>();

    private boolean broken;

    FrameSplitter(int maxFrameBytes, ByteBufAllocator allocator) {
        this.maxFrameBytes = maxFrameBytes;
        this.allocator = allocator;
    }

    /** Takes frames, and may refuse to go on. */
    interface Receiver {
        /** @param frame without its length; valid during the call only, unless it is retained */
        void frame(ByteBuf frame);

        /** Asked before each frame; what is not cut waits for {@link FrameSplitter#resume}. */
        boolean mayGoOn();

        /** @param what ends the sentence "the peer sent ..." */
        void badFrame(String what);
    }

    /** Takes over the buffer. */
    void split(ByteBuf read, Receiver receiver) {
        uncut.add(read);
        resume(receiver);
    }

    /** Goes on with what is left of earlier reads. */
    void resume(Receiver receiver) {
        for (ByteBuf read = uncut.peek(); read != null; read = uncut.peek()) {
            while (read.isReadable() && !broken) {
                if (!receiver.mayGoOn()) {
                    return;
                }
                ByteBuf begun = kept;
                if (begun != null) {
                    goOn(begun, read, receiver);
                } else {
                    begin(read, receiver);
                }
            }
            uncut.remove().release();
        }
    }

    /** What was read and waits to be cut. */
    long uncutBytes() {
        long bytes = 0;
        for (ByteBuf read : uncut) {
            bytes += read.readableBytes();
        }
        return bytes;
    }

    boolean hasUncut() {
        return !uncut.isEmpty();
    }

    private void begin(ByteBuf read, Receiver receiver) {
        int start = read.readerIndex();
        if (read.readableBytes() >= LENGTH_BYTES) {
            int length = read.getInt(start);
            if (isBad(length, receiver)) {
                return;
            }
            if (read.readableBytes() - LENGTH_BYTES >= length) {
                read.skipBytes(LENGTH_BYTES + length);
                receiver.frame(read.slice(start + LENGTH_BYTES, length));
                return;
            }
        }
        ByteBuf begun = allocator.buffer(Math.max(KEPT_BYTES_MIN, read.readableBytes()), LENGTH_BYTES + maxFrameBytes);
        kept = begun;
        begun.writeBytes(read);
    }

    private void goOn(ByteBuf begun, ByteBuf read, Receiver receiver) {
        take(LENGTH_BYTES, begun, read);
        if (begun.readableBytes() < LENGTH_BYTES || isBad(begun.getInt(0), receiver)) {
            return;
        }
        int length = begun.getInt(0);
        take(LENGTH_BYTES + length, begun, read);
        if (begun.readableBytes() == LENGTH_BYTES + length) {
            kept = null;
            try {
                receiver.frame(begun.slice(LENGTH_BYTES, length));
            } finally {
                begun.release();
            }
        }
    }

    private static void take(int wanted, ByteBuf begun, ByteBuf read) {
        int missing = Math.max(0, wanted - begun.readableBytes());
        begun.writeBytes(read, Math.min(missing, read.readableBytes()));
    }

    private boolean isBad(int length, Receiver receiver) {
        broken = length <= 0 || length > maxFrameBytes - LENGTH_BYTES;
        if (broken) {
            receiver.badFrame("a frame of length " + length + " (allowed: 1 to " + (maxFrameBytes - LENGTH_BYTES)
                    + ", see max-frame-bytes)");
        }
        return broken;
    }

    /** Memory taken by the beginning of a frame. */
    int keptBytes() {
        return kept == null ? 0 : kept.capacity();
    }

    /** Gives the memory back; nothing is cut any more. */
    void close() {
        broken = true;
        uncut.forEach(ByteBuf::release);
        uncut.clear();
        if (kept != null) {
            kept.release();
            kept = null;
        }
    }
}
