package dev.daybook.client.net;

import dev.daybook.protocol.wire.Generation;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelInitializer;
import io.netty.handler.codec.LengthFieldBasedFrameDecoder;
import java.net.InetSocketAddress;
import org.jspecify.annotations.Nullable;

/** Prepares a channel for a connection, secures it if that is wanted, and tells the connection how the attempt ended. */
final class ChannelOpening implements ChannelFutureListener {
    private static final int LENGTH_BYTES = 4;

    private final BookieConnection connection;
    private final Generation generation;
    private @Nullable ChannelSecuring securing;
    private long timeoutMillis;

    ChannelOpening(BookieConnection connection, Generation generation) {
        this.connection = connection;
        this.generation = generation;
    }

    ChannelInitializer<Channel> initializer(NetworkConfig config, ChannelSecurity security, InetSocketAddress address) {
        timeoutMillis = config.connectTimeout().toMillis();
        return new ChannelInitializer<>() {
            @Override
            protected void initChannel(Channel channel) {
                // The length prefix counts as part of a frame: wire protocol, section 2.
                channel.pipeline()
                        .addLast(new LengthFieldBasedFrameDecoder(
                                config.maxFrameBytes(), 0, LENGTH_BYTES, 0, LENGTH_BYTES));
                if (security.isOn()) {
                    securing = new ChannelSecuring(channel, security, generation, address, connection);
                    channel.pipeline().addLast(securing);
                }
                channel.pipeline().addLast(new ResponseReader(connection, generation));
            }
        };
    }

    @Override
    public void operationComplete(ChannelFuture attempt) {
        if (!attempt.isSuccess()) {
            connection.onConnectFailed(attempt.cause());
        } else if (securing != null) {
            securing.begin(timeoutMillis);
        } else {
            connection.onConnected(attempt.channel());
        }
    }
}
