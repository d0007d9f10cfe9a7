package dev.daybook.client.net;

import dev.daybook.protocol.wire.BookieResponse;
import dev.daybook.protocol.wire.Generation;
import dev.daybook.protocol.wire.MalformedFrameException;
import dev.daybook.protocol.wire.ResponseDecoder;
import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.handler.codec.TooLongFrameException;

/** The last handler of a channel: decodes frames and hands the answers to the connection. */
final class ResponseReader extends SimpleChannelInboundHandler<ByteBuf> {
    private final BookieConnection connection;
    private final ResponseDecoder decoder;

    ResponseReader(BookieConnection connection, Generation generation) {
        this.connection = connection;
        this.decoder = new ResponseDecoder(generation);
    }

    @Override
    protected void channelRead0(ChannelHandlerContext ctx, ByteBuf frame) {
        BookieResponse response;
        try {
            response = decoder.decode(frame);
        } catch (MalformedFrameException e) {
            connection.onUnreadable(ctx.channel(), e);
            return;
        }
        connection.onResponse(response);
    }

    @Override
    public void channelInactive(ChannelHandlerContext ctx) {
        connection.onLost(ctx.channel(), CallFailure.CONNECTION_LOST);
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
        if (cause instanceof TooLongFrameException) {
            connection.onUnreadable(ctx.channel(), cause);
        } else {
            connection.onBroken(ctx.channel(), cause);
        }
    }
}
