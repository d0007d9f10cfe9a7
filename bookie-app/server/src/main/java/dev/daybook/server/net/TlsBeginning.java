package dev.daybook.server.net;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.ByteToMessageDecoder;
import io.netty.handler.codec.TooLongFrameException;
import io.netty.handler.ssl.SslHandler;
import java.util.List;
import java.util.function.Supplier;

/**
 * Stands at the front from the answer to START_TLS until the first byte of the handshake, because a peer may still have sent
 * frames in clear text before it read that answer. A frame begins with a length that is far below the first byte of a TLS
 * record. Source: wire protocol, sections 2 and 11; RFC 8446, section 5.1.
 */
final class TlsBeginning extends ByteToMessageDecoder {
    private static final int HANDSHAKE_RECORD = 22;

    /** Only tokens may come, and they are small. */
    private static final int FRAME_BYTES_MAX = 64 << 10;

    private final Supplier<SslHandler> tls;

    TlsBeginning(Supplier<SslHandler> tls) {
        this.tls = tls;
    }

    @Override
    protected void decode(ChannelHandlerContext context, ByteBuf in, List<Object> out) {
        if (in.getByte(in.readerIndex()) == HANDSHAKE_RECORD) {
            context.pipeline().addAfter(context.name(), null, tls.get());
            context.pipeline().remove(this); // What was read and not decoded goes to the next handler.
            return;
        }
        if (in.readableBytes() < Integer.BYTES) {
            return;
        }
        int length = in.getInt(in.readerIndex());
        if (length < 0 || length > FRAME_BYTES_MAX) {
            throw new TooLongFrameException("a frame of " + length + " bytes after START_TLS");
        }
        if (in.readableBytes() >= Integer.BYTES + length) {
            out.add(in.readRetainedSlice(Integer.BYTES + length));
        }
    }
}
