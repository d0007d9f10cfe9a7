package dev.daybook.client.net;

import dev.daybook.client.meta.MetadataStore.BookieAddress;
import dev.daybook.protocol.model.BookieId;
import io.netty.channel.EventLoop;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.nio.NioIoHandler;
import io.netty.util.concurrent.EventExecutor;
import io.netty.util.concurrent.FastThreadLocalThread;
import io.netty.util.concurrent.Future;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Owns the event loops of a client and the thread that looks up host names. Thread-safe. */
public final class Network implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Network.class);
    private static final long CLOSE_TIMEOUT_SECONDS = 5;

    private final EventLoopGroup group;
    private final List<NetworkLoop> loops = new ArrayList<>();

    /** Looking up a name blocks, which a loop must never do. The thread ends when it has nothing to do. */
    private final ThreadPoolExecutor lookups;

    /** @param locate where a bookie listens, as the metadata service says */
    public Network(NetworkConfig config, Function<BookieId, CompletionStage<Optional<BookieAddress>>> locate) {
        ChannelSecurity security = new ChannelSecurity(config.security());
        group = new MultiThreadIoEventLoopGroup(config.loops(), daemons("daybook-client-"), NioIoHandler.newFactory());
        lookups = new ThreadPoolExecutor(
                1, 1, 10, TimeUnit.SECONDS, new LinkedBlockingQueue<>(), daemons("daybook-client-names-"));
        lookups.allowCoreThreadTimeOut(true);
        for (EventExecutor executor : group) {
            NetworkLoop loop =
                    new NetworkLoop((EventLoop) executor, config, security, bookie -> find(locate.apply(bookie)));
            loops.add(loop);
            loop.startSweeping();
        }
    }

    /** Daemon threads, numbered from 1. */
    public static ThreadFactory daemons(String prefix) {
        AtomicInteger count = new AtomicInteger();
        return task -> {
            Thread thread = new FastThreadLocalThread(task, prefix + count.incrementAndGet());
            thread.setDaemon(true);
            return thread;
        };
    }

    /** The loop that owns the ledger, always the same one. */
    public NetworkLoop loopOf(long ledgerId) {
        return loops.get((int) Math.floorMod(ledgerId, (long) loops.size()));
    }

    public List<NetworkLoop> loops() {
        return List.copyOf(loops);
    }

    /** True on a thread that must not wait. */
    public boolean isLoopThread() {
        for (NetworkLoop loop : loops) {
            if (loop.isCurrentThread()) {
                return true;
            }
        }
        return false;
    }

    private CompletionStage<Optional<InetSocketAddress>> find(CompletionStage<Optional<BookieAddress>> located) {
        return located.thenApplyAsync(address -> address.flatMap(Network::lookUp), lookups);
    }

    private static Optional<InetSocketAddress> lookUp(BookieAddress address) {
        try {
            return Optional.of(new InetSocketAddress(InetAddress.getByName(address.host()), address.port()));
        } catch (UnknownHostException e) {
            return Optional.empty();
        }
    }

    /** Fails every call with {@link CallFailure#CLIENT_CLOSED}, then ends the threads. Idempotent. */
    @Override
    public void close() {
        CountDownLatch closed = new CountDownLatch(loops.size());
        for (NetworkLoop loop : loops) {
            loop.execute(() -> {
                loop.close();
                closed.countDown();
            });
        }
        await(closed);
        lookups.shutdownNow();
        Future<?> ended = group.shutdownGracefully(0, CLOSE_TIMEOUT_SECONDS, TimeUnit.SECONDS);
        if (!isLoopThread() && !ended.awaitUninterruptibly(CLOSE_TIMEOUT_SECONDS, TimeUnit.SECONDS)) {
            LOG.warn("an event loop did not end within {} seconds", CLOSE_TIMEOUT_SECONDS);
        }
    }

    private void await(CountDownLatch closed) {
        if (group.isShuttingDown() || isLoopThread()) {
            return; // Closed before, or asked from a thread that would wait for itself.
        }
        try {
            if (!closed.await(CLOSE_TIMEOUT_SECONDS, TimeUnit.SECONDS)) {
                LOG.warn("an event loop was busy for {} seconds while the client closed", CLOSE_TIMEOUT_SECONDS);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
