package dev.daybook.client.net;

import dev.daybook.protocol.wire.AddAcknowledgement;
import dev.daybook.protocol.wire.Generation;
import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.ByteToMessageDecoder;
import io.netty.handler.codec.TooLongFrameException;
import java.util.List;

/**
 * Cuts the stream of a bookie into frames and passes them on, except acknowledgements of entries, which it reads where
 * they lie: they are nearly everything that a writer hears.
 */
final class AnswerReader extends ByteToMessageDecoder {
    private static final int LENGTH_BYTES = 4;

    /** Hears of acknowledgements. */
    interface Listener {
        /** Whether answers are taken from this channel. */
        boolean isOpen(Channel channel);

        /** The values are good until it returns. */
        void onStored(AddAcknowledgement stored);
    }

    private final Listener listener;
    private final int maxFrameBytes;
    private final AddAcknowledgement stored;

    /** @param maxFrameBytes with the length prefix, as in wire protocol, section 2 */
    AnswerReader(Listener listener, Generation generation, int maxFrameBytes) {
        this.listener = listener;
        this.maxFrameBytes = maxFrameBytes;
        this.stored = AddAcknowledgement.of(generation);
    }

    /** Takes all acknowledgements up to the next frame of another kind, and that. */
    @Override
    protected void decode(ChannelHandlerContext context, ByteBuf in, List<Object> frames) {
        while (in.readableBytes() >= LENGTH_BYTES) {
            int start = in.readerIndex() + LENGTH_BYTES;
            int bytes = in.getInt(in.readerIndex());
            if (bytes < 0 || bytes > maxFrameBytes - LENGTH_BYTES) {
                throw new TooLongFrameException("a frame of " + Integer.toUnsignedString(bytes) + " bytes, with "
                        + maxFrameBytes + " at most (daybook.client.max-frame-bytes)");
            }
            if (bytes > in.writerIndex() - start) {
                return;
            }
            in.readerIndex(start + bytes);
            if (!listener.isOpen(context.channel()) || !stored.read(in, start, start + bytes)) {
                frames.add(in.retainedSlice(start, bytes));
                return;
            }
            listener.onStored(stored);
        }
    }
}
