package dev.daybook.protocol.wire;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;

/** Turns requests into frames of the generation that their header names. */
public final class RequestEncoder {
    private RequestEncoder() {}

    /**
     * One whole frame, length prefix included. Takes over the request's buffers; the frame belongs to the caller.
     *
     * @throws IllegalArgumentException if the request does not exist in its generation (wire protocol, section 15); the
     *     buffers then stay the caller's
     */
    public static ByteBuf encode(ByteBufAllocator allocator, BookieRequest request) {
        return switch (request.header().generation()) {
            case V2 -> V2RequestWriter.write(allocator, request);
            case V3 -> V3RequestWriter.write(allocator, request);
        };
    }
}
