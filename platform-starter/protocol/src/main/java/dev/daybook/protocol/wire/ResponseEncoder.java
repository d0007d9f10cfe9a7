package dev.daybook.protocol.wire;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;

/** Turns answers into frames of the generation that their header names. */
public final class ResponseEncoder {
    /** No frame of an {@link BookieResponse.Add} is longer. */
    public static final int ADD_BYTES_MAX = 96;

    private ResponseEncoder() {}

    /**
     * One whole frame, length prefix included. Takes over the answer's buffers; the frame belongs to the caller. The
     * header is written as given, so an answer that copies the request header whole carries its version and priority
     * (wire protocol, section 4.3); all others are built with {@link FrameHeader#forAnswer}.
     *
     * @throws IllegalArgumentException if the answer does not exist in its generation; the buffers then stay the caller's
     */
    public static ByteBuf encode(ByteBufAllocator allocator, BookieResponse response) {
        if (response instanceof BookieResponse.Add add) {
            ByteBuf frame = allocator.buffer(ADD_BYTES_MAX);
            appendAdd(frame, add);
            return frame;
        }
        return switch (response.header().generation()) {
            case V2 -> V2ResponseWriter.write(allocator, response);
            case V3 -> V3ResponseWriter.write(allocator, response);
        };
    }

    /** Appends the whole frame of an answer to an add, length prefix included, so that many share a buffer. */
    public static void appendAdd(ByteBuf target, BookieResponse.Add add) {
        switch (add.header().generation()) {
            case V2 -> V2ResponseWriter.appendAdd(target, add);
            case V3 -> V3ResponseWriter.appendAdd(target, add);
        }
    }
}
