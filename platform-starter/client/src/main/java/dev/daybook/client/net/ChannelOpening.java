package dev.daybook.client.net;

import dev.daybook.protocol.wire.Generation;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelInitializer;
import io.netty.handler.codec.LengthFieldBasedFrameDecoder;

/** Prepares a channel for a connection and tells it how the attempt ended. */
final class ChannelOpening implements ChannelFutureListener {
    private static final int LENGTH_BYTES = 4;

    private final BookieConnection connection;
    private final Generation generation;

    ChannelOpening(BookieConnection connection, Generation generation) {
        this.connection = connection;
        this.generation = generation;
    }

    /** @param maxFrameBytes the length prefix counts, as wire protocol section 2 has it */
    ChannelInitializer<Channel> initializer(int maxFrameBytes) {
        return new ChannelInitializer<>() {
            @Override
            protected void initChannel(Channel channel) {
                channel.pipeline()
                        .addLast(new LengthFieldBasedFrameDecoder(maxFrameBytes, 0, LENGTH_BYTES, 0, LENGTH_BYTES))
                        .addLast(new ResponseReader(connection, generation));
            }
        };
    }

    @Override
    public void operationComplete(ChannelFuture attempt) {
        if (attempt.isSuccess()) {
            connection.onConnected(attempt.channel());
        } else {
            connection.onConnectFailed(attempt.cause());
        }
    }
}
