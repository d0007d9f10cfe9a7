package dev.daybook.protocol.wire;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.CompositeByteBuf;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/**
 * A frame under construction. What follows the headers is written first, so that the lengths are known when the headers
 * are written in front of it. Short bodies are copied, long ones become parts of a composite frame as they are.
 */
final class FrameBuilder {
    /** Up to here a copy into one buffer is cheaper than a composite of several. */
    private static final int COPIED_BODY_BYTES_MAX = 4096;

    /** A length, a v3 header and status at their longest and the tag of a sub-message take 38 bytes. */
    private static final int HEADERS_BYTES_MAX = 48;

    private static final int SMALL_FIELDS_BYTES = 80;

    private final ByteBufAllocator allocator;
    private final List<ByteBuf> parts = new ArrayList<>(1);
    private ByteBuf current;
    private int linkedBytes;

    /** @param copiedBytes the sum of {@link #copiedBytes(ByteBuf)} over all bodies to come; only a hint */
    FrameBuilder(ByteBufAllocator allocator, int copiedBytes) {
        this.allocator = allocator;
        this.current = allocator.buffer(HEADERS_BYTES_MAX + SMALL_FIELDS_BYTES + copiedBytes);
        this.current.setIndex(HEADERS_BYTES_MAX, HEADERS_BYTES_MAX);
        this.parts.add(current);
    }

    /** How many bytes of the body will be copied: all or none. */
    static int copiedBytes(ByteBuf body) {
        return body.readableBytes() <= COPIED_BODY_BYTES_MAX ? body.readableBytes() : 0;
    }

    /** Where the next bytes go. Ask again after every {@link #append}. */
    ByteBuf target() {
        return current;
    }

    /** Takes over the buffer. */
    void append(ByteBuf body) {
        if (body.readableBytes() <= COPIED_BODY_BYTES_MAX) {
            current.writeBytes(body, body.readerIndex(), body.readableBytes());
            body.release();
            return;
        }
        linkedBytes += body.readableBytes();
        parts.add(body);
        current = allocator.buffer(SMALL_FIELDS_BYTES);
        parts.add(current);
    }

    /** Bytes after the headers. */
    int bytes() {
        int bytes = linkedBytes;
        for (int part = 0; part < parts.size(); part += 2) {
            bytes += parts.get(part).readableBytes();
        }
        return bytes;
    }

    /** @param headers writes exactly the announced number of bytes, the length prefix included */
    ByteBuf finish(int headersBytes, Consumer<ByteBuf> headers) {
        ByteBuf first = parts.get(0);
        int end = first.writerIndex();
        int start = HEADERS_BYTES_MAX - headersBytes;
        first.setIndex(start, start);
        headers.accept(first);
        if (first.writerIndex() != HEADERS_BYTES_MAX) {
            throw new IllegalStateException("the headers of a frame took " + (first.writerIndex() - start)
                    + " bytes instead of " + headersBytes);
        }
        first.writerIndex(end);
        return parts.size() == 1 ? first : link();
    }

    private ByteBuf link() {
        CompositeByteBuf frame = allocator.compositeBuffer(Integer.MAX_VALUE);
        for (ByteBuf part : parts) {
            // Releases the parts that turned out empty.
            frame.addFlattenedComponents(true, part);
        }
        return frame;
    }
}
