package dev.daybook.client.net;

import dev.daybook.protocol.model.BookieId;
import dev.daybook.protocol.wire.BookieRequest;
import dev.daybook.protocol.wire.FrameHeader;
import dev.daybook.protocol.wire.Generation;
import dev.daybook.protocol.wire.Operation;
import dev.daybook.protocol.wire.RequestEncoder;
import io.netty.bootstrap.Bootstrap;
import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.PooledByteBufAllocator;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoop;
import io.netty.channel.WriteBufferWaterMark;
import io.netty.channel.socket.nio.NioSocketChannel;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * One event loop with its own connections: whoever owns a ledger on this loop asks bookies and hears from them without
 * a hand-over. All methods belong to the loop's thread, except {@link #execute}.
 */
public final class NetworkLoop {
    /** Unsent bytes of a connection between which writability is taken back and given again (wire protocol, 16). */
    private static final WriteBufferWaterMark WATER_MARK = new WriteBufferWaterMark(384 * 1024, 512 * 1024);

    private final EventLoop eventLoop;
    private final NetworkConfig config;
    private final ChannelSecurity security;
    private final BookieAddresses addresses;
    private final Map<BookieId, BookieConnection> v2 = new HashMap<>();
    private final Map<BookieId, BookieConnection> v3 = new HashMap<>();

    /**
     * Batch reads have a connection of their own: old bookies answer them by closing it, which must not fail the adds of
     * other ledgers, and their large answers would delay everything behind them.
     */
    private final Map<BookieId, BookieConnection> batches = new HashMap<>();

    private final Unsecured unsecured = new Unsecured();

    private final Runnable flush = this::flushAll;

    /** Connections written to in this turn of the loop. */
    private final List<BookieConnection> unflushed = new ArrayList<>();

    private Consumer<BookieId> connectionLost = bookie -> {};
    private @Nullable Future<?> sweeping;
    private long lastTxnId;
    private boolean closed;

    NetworkLoop(EventLoop eventLoop, NetworkConfig config, ChannelSecurity security, BookieAddresses addresses) {
        this.eventLoop = eventLoop;
        this.config = config;
        this.security = security;
        this.addresses = addresses;
    }

    void startSweeping() {
        long nanos = config.sweepInterval().toNanos();
        sweeping = eventLoop.scheduleWithFixedDelay(this::sweep, nanos, nanos, TimeUnit.NANOSECONDS);
    }

    /**
     * Who is told of every open connection that ends on its own: requests that were answered over it before may have
     * been forgotten by the bookie. To be set before the first request.
     */
    public void whenConnectionLost(Consumer<BookieId> listener) {
        connectionLost = listener;
    }

    /** Which bookies cannot be talked to securely just now, as a sentence without its full stop. */
    public Optional<String> securityTroubles() {
        return unsecured.sentence();
    }

    boolean usesTls() {
        return security.usesTls();
    }

    Unsecured unsecured() {
        return unsecured;
    }

    void tellConnectionLost(BookieId bookie) {
        connectionLost.accept(bookie);
    }

    /** Runs the task on the loop's thread, after what it is doing; false if the loop is gone and will not run it. */
    public boolean execute(Runnable task) {
        try {
            eventLoop.execute(task);
            return true;
        } catch (RejectedExecutionException e) {
            return false;
        }
    }

    public boolean isCurrentThread() {
        return eventLoop.inEventLoop();
    }

    public Timer schedule(Runnable task, Duration delay) {
        Future<?> scheduled = eventLoop.schedule(task, delay.toNanos(), TimeUnit.NANOSECONDS);
        return () -> scheduled.cancel(false);
    }

    public long nanoTime() {
        return System.nanoTime();
    }

    public ByteBufAllocator allocator() {
        return PooledByteBufAllocator.DEFAULT;
    }

    /**
     * The generation that a request travels in. A second connection in v3 carries what v2 lacks. Fencing reads and long
     * polls take it too: answers of v2 are told apart by entry only, and a fencing read must not be taken for done
     * because a plain one was answered (wire protocol, section 8).
     */
    public Generation generationOf(Operation operation, boolean fenceOrLongPoll) {
        boolean inV2 = operation.v2Opcode() != Operation.NOT_IN_V2 && !fenceOrLongPoll;
        return inV2 ? config.generation() : Generation.V3;
    }

    /** A header with an id of its own. The same request may be sent to several bookies under one header. */
    public FrameHeader header(Generation generation, Operation operation) {
        return generation == Generation.V3 ? FrameHeader.v3(operation, ++lastTxnId) : FrameHeader.v2(operation);
    }

    /** Batch reads exist in v2 only, and are told apart by a request id. */
    public FrameHeader batchHeader() {
        return FrameHeader.v2Batch(++lastTxnId);
    }

    /** Encodes the request, taking over its buffers, and sends it. */
    public void send(BookieId bookie, BookieRequest request, Duration timeout, CallHandler handler) {
        sendCall(bookie, RequestCall.of(request, RequestEncoder.encode(allocator(), request), timeout, handler));
    }

    /** Sends an entry whose frame is ready. The call hears of it later, whatever happens. */
    public void send(BookieId bookie, AddCall call) {
        sendCall(bookie, call);
    }

    private void sendCall(BookieId bookie, Call call) {
        if (closed) {
            failLater(call, CallFailure.CLIENT_CLOSED);
            return;
        }
        Generation generation = call.header().generation();
        boolean batch = call.operation() == Operation.BATCH_READ;
        Map<BookieId, BookieConnection> connections = batch ? batches : connectionsOf(generation);
        BookieConnection connection = connections.get(bookie);
        if (connection == null) {
            connection = new BookieConnection(this, bookie, generation, batch);
            connections.put(bookie, connection);
        }
        connection.send(call);
    }

    private Map<BookieId, BookieConnection> connectionsOf(Generation generation) {
        return generation == Generation.V2 ? v2 : v3;
    }

    private List<BookieConnection> allConnections() {
        List<BookieConnection> all = new ArrayList<>(v2.values());
        all.addAll(v3.values());
        all.addAll(batches.values());
        return all;
    }

    /** False while so much waits in the bookie's socket that sending more would only take memory. */
    public boolean isWritable(BookieId bookie) {
        BookieConnection connection = connectionsOf(config.generation()).get(bookie);
        return connection == null || connection.isWritable();
    }

    void failLater(Call call, CallFailure failure) {
        execute(() -> {
            call.end();
            call.failed(failure);
        });
    }

    void find(BookieId bookie, Consumer<Optional<InetSocketAddress>> whenFound) {
        addresses
                .find(bookie)
                .whenComplete((found, failure) ->
                        execute(() -> whenFound.accept(failure == null ? found : Optional.empty())));
    }

    void openChannel(InetSocketAddress address, ChannelOpening opening) {
        new Bootstrap()
                .group(eventLoop)
                .channel(NioSocketChannel.class)
                .option(ChannelOption.TCP_NODELAY, true)
                .option(ChannelOption.SO_KEEPALIVE, true)
                .option(
                        ChannelOption.CONNECT_TIMEOUT_MILLIS,
                        Math.toIntExact(config.connectTimeout().toMillis()))
                .option(ChannelOption.WRITE_BUFFER_WATER_MARK, WATER_MARK)
                .option(ChannelOption.ALLOCATOR, allocator())
                .handler(opening.initializer(config, security, address))
                .connect(address)
                .addListener(opening);
    }

    /** One flush per connection and turn: entries appended together leave in one system call. Ask once per turn. */
    void flushLater(BookieConnection connection) {
        if (unflushed.isEmpty()) {
            eventLoop.execute(flush);
        }
        unflushed.add(connection);
    }

    private void flushAll() {
        // A flush that finds its connection broken fails calls, and whoever hears of that may call others at once.
        for (int i = 0; i < unflushed.size(); i++) {
            unflushed.get(i).flush();
        }
        unflushed.clear();
    }

    private void sweep() {
        long now = nanoTime();
        for (BookieConnection connection : allConnections()) {
            connection.sweep(now);
        }
    }

    void close() {
        closed = true;
        if (sweeping != null) {
            sweeping.cancel(false);
        }
        for (BookieConnection connection : allConnections()) {
            connection.close();
        }
    }
}
