package dev.daybook.client.fake;

import dev.daybook.protocol.wire.BookieRequest;
import dev.daybook.protocol.wire.BookieResponse;
import dev.daybook.protocol.wire.MalformedFrameException;
import dev.daybook.protocol.wire.RequestDecoder;
import dev.daybook.protocol.wire.ResponseEncoder;
import io.netty.bootstrap.ServerBootstrap;
import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.handler.codec.LengthFieldBasedFrameDecoder;
import io.netty.util.concurrent.DefaultThreadFactory;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** The sockets of a fake bookie: one thread, frames of both generations. */
@SuppressWarnings("FutureReturnValueIgnored") // A fake may lose answers; the client has to cope.
final class FakeServer implements AutoCloseable {
    /** An empty reply closes the connection. */
    interface Receiver {
        void receive(BookieRequest request, Consumer<Optional<BookieResponse>> reply);
    }

    private static final long PATIENCE_NANOS = TimeUnit.SECONDS.toNanos(20);
    private static final int MAX_FRAME_BYTES = 5 * 1024 * 1024;

    private final EventLoopGroup group = new MultiThreadIoEventLoopGroup(
            1, new DefaultThreadFactory("fake-bookie", true), NioIoHandler.newFactory());
    private final Receiver receiver;
    private final List<Channel> open = new CopyOnWriteArrayList<>();
    private final AtomicInteger accepted = new AtomicInteger();
    private @Nullable Channel listening;
    private int port;

    FakeServer(Receiver receiver) {
        this.receiver = receiver;
    }

    int port() {
        return port;
    }

    int accepted() {
        return accepted.get();
    }

    void start() {
        ServerBootstrap bootstrap = new ServerBootstrap()
                .group(group)
                .channel(NioServerSocketChannel.class)
                .option(ChannelOption.SO_REUSEADDR, true)
                .childHandler(new ChannelInitializer<>() {
                    @Override
                    protected void initChannel(Channel channel) {
                        accepted.incrementAndGet();
                        open.add(channel);
                        channel.pipeline()
                                .addLast(new LengthFieldBasedFrameDecoder(MAX_FRAME_BYTES, 0, 4, 0, 4))
                                .addLast(new Reader());
                    }
                });
        listening = bind(bootstrap);
        port = ((java.net.InetSocketAddress) listening.localAddress()).getPort();
    }

    /** After a stop the port may be taken for a moment, for instance by somebody's outgoing connection. */
    private Channel bind(ServerBootstrap bootstrap) {
        long deadline = System.nanoTime() + PATIENCE_NANOS;
        ChannelFuture bound = bootstrap.bind("127.0.0.1", port).awaitUninterruptibly();
        while (!bound.isSuccess()) {
            if (System.nanoTime() - deadline > 0) {
                throw new IllegalStateException("port " + port + " stays taken", bound.cause());
            }
            LockSupport.parkNanos(10_000_000);
            bound = bootstrap.bind("127.0.0.1", port).awaitUninterruptibly();
        }
        return bound.channel();
    }

    void stop() {
        if (listening != null) {
            listening.close().syncUninterruptibly();
            listening = null;
        }
        open.forEach(channel -> channel.close().syncUninterruptibly());
        open.clear();
    }

    void schedule(Runnable task, long delay, TimeUnit unit) {
        group.schedule(task, delay, unit);
    }

    /** Runs on the server's thread and waits for the result. */
    <T> T call(Callable<T> task) {
        return group.submit(task).syncUninterruptibly().getNow();
    }

    @Override
    public void close() {
        stop();
        group.shutdownGracefully(0, 1, TimeUnit.SECONDS).syncUninterruptibly();
    }

    private final class Reader extends SimpleChannelInboundHandler<ByteBuf> {
        private final RequestDecoder decoder = new RequestDecoder();

        @Override
        protected void channelRead0(ChannelHandlerContext ctx, ByteBuf frame) {
            try {
                receiver.receive(decoder.decode(frame), answer -> reply(ctx, answer));
            } catch (MalformedFrameException e) {
                ctx.close();
            }
        }

        private void reply(ChannelHandlerContext ctx, Optional<BookieResponse> answer) {
            if (answer.isPresent()) {
                ctx.writeAndFlush(ResponseEncoder.encode(ctx.alloc(), answer.get()));
            } else {
                ctx.close();
            }
        }

        @Override
        public void channelInactive(ChannelHandlerContext ctx) {
            open.remove(ctx.channel());
        }

        @Override
        public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
            ctx.close();
        }
    }
}
