package dev.daybook.protocol.wire;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;

/** Turns requests into frames of the generation that their header names. */
public final class RequestEncoder {
    /**
     * In front of the body of an add: the length, a v3 header at its longest, a master key and the ids at their longest,
     * and their tags take 102 bytes.
     */
    private static final int ROOM_BEFORE_BODY_BYTES = 112;

    /** Behind it: the write flags. */
    private static final int ROOM_AFTER_BODY_BYTES = 16;

    private RequestEncoder() {}

    /**
     * One whole frame, length prefix included. Takes over the request's buffers; the frame belongs to the caller.
     *
     * @throws IllegalArgumentException if the request does not exist in its generation (wire protocol, section 15); the
     *     buffers then stay the caller's
     */
    public static ByteBuf encode(ByteBufAllocator allocator, BookieRequest request) {
        if (request instanceof BookieRequest.Add add) {
            return encodeAdd(allocator, add);
        }
        return switch (request.header().generation()) {
            case V2 -> V2RequestWriter.write(allocator, request);
            case V3 -> V3RequestWriter.write(allocator, request);
        };
    }

    private static ByteBuf encodeAdd(ByteBufAllocator allocator, BookieRequest.Add add) {
        ByteBuf body = add.body();
        ByteBuf frame = roomForBody(allocator, add.masterKey().length, body.readableBytes());
        frame.writeBytes(body, body.readerIndex(), body.readableBytes());
        try {
            encodeAround(add.withBody(frame));
        } catch (IllegalArgumentException e) {
            frame.release();
            throw e;
        }
        body.release();
        return frame;
    }

    /**
     * An empty buffer for the body of an add that will be framed by {@link #encodeAround}.
     *
     * @param kept bytes before the first one to be written that the caller will use as well
     * @param bodyBytes what will be written
     */
    public static ByteBuf roomForBody(ByteBufAllocator allocator, int kept, int bodyBytes) {
        int start = ROOM_BEFORE_BODY_BYTES + kept;
        return allocator.buffer(start + bodyBytes + ROOM_AFTER_BODY_BYTES).setIndex(start, start);
    }

    /**
     * Makes the body of an add a whole frame, length prefix included, by what it writes around it: the body is the frame
     * then, and is not copied.
     *
     * @param add with a body that was written to {@link #roomForBody}
     * @throws IllegalArgumentException as {@link #encode}; the body is then as it was
     */
    public static void encodeAround(BookieRequest.Add add) {
        switch (add.header().generation()) {
            case V2 -> V2RequestWriter.writeAround(add);
            case V3 -> V3RequestWriter.writeAround(add);
        }
        ByteBuf frame = add.body();
        int start = frame.readerIndex() - Integer.BYTES;
        frame.setInt(start, frame.readableBytes()).readerIndex(start);
    }
}
