package dev.daybook.server.net;

import dev.daybook.client.net.ReloadingContext;
import dev.daybook.metrics.BookieMetrics;
import dev.daybook.server.shard.RequestHandler;
import io.netty.bootstrap.ServerBootstrap;
import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.PooledByteBufAllocator;
import io.netty.channel.AdaptiveRecvByteBufAllocator;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.WriteBufferWaterMark;
import io.netty.channel.group.ChannelGroup;
import io.netty.channel.group.DefaultChannelGroup;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.util.concurrent.DefaultThreadFactory;
import io.netty.util.concurrent.GlobalEventExecutor;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * The bookie's port. Bound first, so that a port in use is known before anything is written; connections are closed on
 * arrival until {@link #serve} names the bookie. Thread-safe.
 */
public final class NetServer implements AutoCloseable {
    private static final int LOW_WATER_MARK_BYTES = 384 * 1024;
    private static final int HIGH_WATER_MARK_BYTES = 512 * 1024;
    private static final int ACCEPT_BACKLOG = 1024;
    private static final int READ_BYTES_MIN = 2048;
    private static final int READ_BYTES_MAX = 64 * 1024;

    /** Chunks of buffers have a page shifted by the order: 2 MiB. */
    private static final int BUFFER_PAGE_BYTES = 8192;

    private static final int BUFFER_CHUNK_ORDER = 8;

    /** Of each size, per thread. */
    private static final int CACHED_BUFFERS = 64;

    private final EventLoopGroup loops;
    private final Channel listener;
    private final ChannelGroup connections;
    private final AtomicReference<@Nullable RequestHandler> bookie;
    private final ByteBudget budget;

    private NetServer(
            EventLoopGroup loops,
            Channel listener,
            ChannelGroup connections,
            AtomicReference<@Nullable RequestHandler> bookie,
            ByteBudget budget) {
        this.loops = loops;
        this.listener = listener;
        this.connections = connections;
        this.bookie = bookie;
        this.budget = budget;
    }

    /**
     * Takes the address. A failure leaves nothing behind.
     *
     * @throws IOException when the address cannot be bound, for instance because the port is in use
     * @throws IllegalArgumentException with one sentence when a file of the security settings cannot be used
     */
    public static NetServer bind(NetConfig config, BookieMetrics metrics) throws IOException {
        Optional<ReloadingContext> tls = config.security().tls().map(ServerTls::context);
        EventLoopGroup loops = new MultiThreadIoEventLoopGroup(
                config.ioThreads(), new DefaultThreadFactory("bookie-net", true), NioIoHandler.newFactory());
        ChannelGroup connections = new DefaultChannelGroup("bookie-connections", GlobalEventExecutor.INSTANCE);
        AtomicReference<@Nullable RequestHandler> bookie = new AtomicReference<>();
        ByteBudget budget = new ByteBudget(config.bookieBytesMax());
        Surroundings shared = new Surroundings(config, tls, budget, new ConnectionLog(), metrics);
        ChannelFuture bound = bootstrap(loops, config.ioThreads())
                .childHandler(new ChannelInitializer<Channel>() {
                    @Override
                    @SuppressWarnings("FutureReturnValueIgnored") // A close that fails leaves nothing to do.
                    protected void initChannel(Channel channel) {
                        RequestHandler handler = bookie.get();
                        if (handler == null) {
                            channel.close();
                            return;
                        }
                        connections.add(channel);
                        channel.pipeline().addLast(new Connection(channel, handler, shared));
                    }
                })
                .bind(config.listenHost(), config.port())
                .awaitUninterruptibly();
        if (!bound.isSuccess()) {
            stop(loops);
            throw bound.cause() instanceof IOException e ? e : new IOException(bound.cause());
        }
        return new NetServer(loops, bound.channel(), connections, bookie, budget);
    }

    /** From now on requests go to {@code handler}. */
    public void serve(RequestHandler handler) {
        bookie.set(handler);
    }

    /** While pressed, no connection is read: the bookie is waiting for memory. Does not block. */
    public void setPressed(boolean pressed) {
        budget.setPressed(pressed);
    }

    /** Bytes of requests under way and of answers not yet sent. */
    public long bytesInFlight() {
        return budget.usedBytes();
    }

    private static ServerBootstrap bootstrap(EventLoopGroup loops, int ioThreads) {
        return new ServerBootstrap()
                .group(loops)
                .channel(NioServerSocketChannel.class)
                .option(ChannelOption.SO_REUSEADDR, true)
                .option(ChannelOption.SO_BACKLOG, ACCEPT_BACKLOG)
                .childOption(ChannelOption.TCP_NODELAY, true)
                .childOption(ChannelOption.SO_KEEPALIVE, true)
                .childOption(ChannelOption.SO_LINGER, 0)
                .childOption(ChannelOption.ALLOCATOR, buffers(ioThreads))
                .childOption(
                        ChannelOption.RECVBUF_ALLOCATOR,
                        new AdaptiveRecvByteBufAllocator(READ_BYTES_MIN, READ_BYTES_MIN, READ_BYTES_MAX))
                .childOption(
                        ChannelOption.WRITE_BUFFER_WATER_MARK,
                        new WriteBufferWaterMark(LOW_WATER_MARK_BYTES, HIGH_WATER_MARK_BYTES));
    }

    /** One arena per loop, of small chunks: a connection's buffers live shortly. */
    private static ByteBufAllocator buffers(int ioThreads) {
        return new PooledByteBufAllocator(
                true, 0, ioThreads, BUFFER_PAGE_BYTES, BUFFER_CHUNK_ORDER, CACHED_BUFFERS, CACHED_BUFFERS, false);
    }

    /** The port that is bound, also when the configured one was 0. */
    public int port() {
        return ((InetSocketAddress) listener.localAddress()).getPort();
    }

    /** Connections open at the moment. */
    public int connectionCount() {
        return connections.size();
    }

    /** Stops listening and closes all connections; answers that come later are dropped. Idempotent. */
    @Override
    public void close() {
        listener.close().awaitUninterruptibly();
        connections.close().awaitUninterruptibly();
        stop(loops);
    }

    private static void stop(EventLoopGroup loops) {
        loops.shutdownGracefully(0, 5, TimeUnit.SECONDS).awaitUninterruptibly();
    }
}
