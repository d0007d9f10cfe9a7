package dev.daybook.client.net;

import dev.daybook.protocol.wire.Generation;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelInitializer;
import java.net.InetSocketAddress;
import org.jspecify.annotations.Nullable;

/** Prepares a channel for a connection, secures it if that is wanted, and tells the connection how the attempt ended. */
final class ChannelOpening implements ChannelFutureListener {
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
                channel.pipeline().addLast(new AnswerReader(connection, generation, config.maxFrameBytes()));
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
