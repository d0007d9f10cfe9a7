package dev.daybook.server.net;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.ByteToMessageDecoder;
import java.util.List;

/**
 * Cuts the byte stream into frames (wire protocol, section 2). A length that cannot be is passed on as a
 * {@link BadFrame}, after which nothing more is read: the stream has lost its rhythm.
 */
final class FrameSplitter extends ByteToMessageDecoder {
    private static final int LENGTH_BYTES = 4;

    private final int maxFrameBytes;
    private boolean broken;

    FrameSplitter(int maxFrameBytes) {
        this.maxFrameBytes = maxFrameBytes;
    }

    @Override
    protected void decode(ChannelHandlerContext context, ByteBuf in, List<Object> out) {
        if (broken) {
            in.skipBytes(in.readableBytes());
            return;
        }
        if (in.readableBytes() < LENGTH_BYTES) {
            return;
        }
        int length = in.getInt(in.readerIndex());
        if (length <= 0 || length > maxFrameBytes - LENGTH_BYTES) {
            broken = true;
            in.skipBytes(in.readableBytes());
            out.add(new BadFrame("a frame of length " + length + " (allowed: 1 to " + (maxFrameBytes - LENGTH_BYTES)
                    + ", see max-frame-bytes)"));
            return;
        }
        if (in.readableBytes() < LENGTH_BYTES + length) {
            return;
        }
        in.skipBytes(LENGTH_BYTES);
        out.add(in.readRetainedSlice(length));
    }

    /** @param what ends the sentence "the peer sent ..." */
    record BadFrame(String what) {}
}
