package dev.daybook.protocol.wire;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;

/** A v2 frame under construction. */
final class V2Frame {
    private final FrameBuilder builder;
    private final int header;

    V2Frame(ByteBufAllocator allocator, int header, int copiedBytes) {
        this.builder = new FrameBuilder(allocator, copiedBytes);
        this.header = header;
    }

    /** Where the next bytes go. Ask again after every {@link #append}. */
    ByteBuf target() {
        return builder.target();
    }

    /** Takes over the buffer. */
    void append(ByteBuf body) {
        builder.append(body);
    }

    ByteBuf finish() {
        int bytes = V2Packet.HEADER_BYTES + builder.bytes();
        return builder.finish(
                Integer.BYTES + V2Packet.HEADER_BYTES,
                target -> target.writeInt(bytes).writeInt(header));
    }
}
