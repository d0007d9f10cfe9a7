package dev.daybook.client.net;

import dev.daybook.protocol.model.BookieId;
import dev.daybook.protocol.model.Status;
import dev.daybook.protocol.wire.AddAcknowledgement;
import dev.daybook.protocol.wire.BookieResponse;
import dev.daybook.protocol.wire.Generation;
import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.event.Level;

/**
 * The connection of one loop to one bookie in one generation, over all the channels it will have. Opens a channel when
 * a call needs one; a lost channel fails every call that waits for an answer. Touched by its loop only.
 */
@SuppressWarnings("FutureReturnValueIgnored") // A channel tells of failed writes by going inactive.
final class BookieConnection implements ChannelSecuring.Listener, AnswerReader.Listener {
    private static final Logger LOG = LoggerFactory.getLogger(BookieConnection.class);

    /**
     * After a failed attempt calls fail at once for this long. It keeps a writer that goes on without one bookie from
     * opening a socket per entry, and is short enough that nobody misses a bookie's return.
     */
    private static final long PAUSE_AFTER_FAILURE_NANOS = Duration.ofMillis(100).toNanos();

    private static final int COPIED_FRAME_BYTES_MAX = 8 * 1024;
    private static final int GATHERED_BYTES = 64 * 1024;

    private enum State {
        IDLE,
        CONNECTING,
        OPEN
    }

    private final NetworkLoop loop;
    private final BookieId bookie;
    private final Generation generation;
    private final boolean batches;
    private final InFlight inFlight;

    private State state = State.IDLE;
    /** Present exactly when {@code OPEN}. */
    private @Nullable Channel channel;

    /** Frames of this turn, on their way to the channel. */
    private @Nullable ByteBuf gathered;

    private boolean flushPending;

    /** Calls to be written when the channel opens; they are in {@link #inFlight} as well. */
    private final ArrayDeque<Call> unsent = new ArrayDeque<>();

    /** Last address that worked or was told; kept so that a metadata outage does not cut off a bookie. */
    private Optional<InetSocketAddress> knownAddress = Optional.empty();

    private boolean addressMayBeStale;
    private boolean failedBefore;
    private boolean authenticating;

    /** Whether this channel has brought an answer. */
    private boolean heard;

    private long failedAtNanos;

    /** @param batches whether only batch reads travel here, so that its loss concerns no writer */
    BookieConnection(NetworkLoop loop, BookieId bookie, Generation generation, boolean batches) {
        this.loop = loop;
        this.bookie = bookie;
        this.generation = generation;
        this.batches = batches;
        this.inFlight = new InFlight(generation);
    }

    void send(Call call) {
        long now = loop.nanoTime();
        call.startClock(now);
        if (state == State.IDLE) {
            if (failedBefore && now - failedAtNanos < PAUSE_AFTER_FAILURE_NANOS) {
                loop.failLater(call, CallFailure.NO_CONNECTION);
                return;
            }
            connect();
        }
        inFlight.add(call);
        Channel open = channel;
        if (open == null) {
            unsent.add(call);
        } else {
            write(open, call);
        }
    }

    /** Small frames are copied behind each other, since each write costs a channel more than a copy of some kilobytes. */
    private void write(Channel open, Call call) {
        ByteBuf frame = call.passFrameOn();
        int bytes = frame.readableBytes();
        if (bytes > COPIED_FRAME_BYTES_MAX) {
            passOn(open);
            // Bookies share the frame, but not how far each has got with it.
            open.write(frame.duplicate(), open.voidPromise());
        } else {
            if (gathered != null && gathered.writableBytes() < bytes) {
                passOn(open);
            }
            if (gathered == null) {
                gathered = loop.allocator().directBuffer(GATHERED_BYTES);
            }
            gathered.writeBytes(frame, frame.readerIndex(), bytes);
            frame.release();
        }
        if (!flushPending) {
            flushPending = true;
            loop.flushLater(this);
        }
    }

    private void passOn(Channel open) {
        ByteBuf ready = gathered;
        if (ready != null) {
            gathered = null;
            open.write(ready, open.voidPromise());
        }
    }

    /** At the end of a turn in which something was written. */
    void flush() {
        flushPending = false;
        Channel open = channel;
        if (open != null) {
            passOn(open);
            open.flush();
        }
    }

    /** Its calls fail with the channel. */
    private void dropGathered() {
        if (gathered != null) {
            gathered.release();
            gathered = null;
        }
    }

    @Override
    public boolean isOpen(Channel asking) {
        return asking == channel;
    }

    boolean isWritable() {
        return channel == null || channel.isWritable();
    }

    private void connect() {
        state = State.CONNECTING;
        if (knownAddress.isPresent() && !addressMayBeStale) {
            openChannel(knownAddress);
            return;
        }
        loop.find(bookie, found -> openChannel(found.isPresent() ? found : knownAddress));
    }

    private void openChannel(Optional<InetSocketAddress> address) {
        if (state != State.CONNECTING) {
            return; // Closed while the address was looked up.
        }
        if (address.isEmpty()) {
            logFailure("the metadata service knows no address of it");
            onConnectFailed(CallFailure.NO_CONNECTION);
            return;
        }
        knownAddress = address;
        loop.openChannel(address.get(), new ChannelOpening(this, generation));
    }

    @Override
    public void onAuthenticating() {
        authenticating = true;
    }

    @Override
    public void onConnected(Channel opened) {
        authenticating = false;
        heard = false;
        if (state != State.CONNECTING) {
            opened.close();
            return;
        }
        state = State.OPEN;
        channel = opened;
        addressMayBeStale = false;
        failedBefore = false;
        for (Call call = unsent.poll(); call != null; call = unsent.poll()) {
            if (!call.hasEnded()) {
                write(opened, call);
            }
        }
    }

    @Override
    public void onConnectFailed(Throwable cause) {
        if (state != State.CONNECTING) {
            return;
        }
        if (cause instanceof SecuringFailure insecure) {
            String why = String.valueOf(insecure.getMessage());
            logFailure(why);
            loop.unsecured().failed(bookie, why);
            onConnectFailed(insecure.kind());
        } else {
            logFailure(cause.toString());
            onConnectFailed(CallFailure.NO_CONNECTION);
        }
    }

    /** Once, until the bookie could be reached again: it is tried many times a second while somebody writes. */
    private void logFailure(String why) {
        Level level = failedBefore ? Level.DEBUG : Level.INFO;
        LOG.atLevel(level).log("bookie {} at {} cannot be reached: {}", bookie, knownAddress.orElse(null), why);
    }

    private void onConnectFailed(CallFailure failure) {
        state = State.IDLE;
        authenticating = false;
        addressMayBeStale = true;
        failedBefore = true;
        failedAtNanos = loop.nanoTime();
        failAll(failure);
    }

    void onResponse(BookieResponse response) {
        Call call = inFlight.take(response);
        if (call == null) {
            ResponseBuffers.release(response); // Late, a duplicate, or the word of a server that does not authenticate.
            return;
        }
        call.end();
        if (!heard) {
            heard = true;
            loop.unsecured().answered(bookie);
        }
        try {
            call.answered(response);
        } catch (RuntimeException e) {
            wronglyHandled(call, e);
        }
    }

    /** As {@link #onResponse}, for the most frequent answer. */
    @Override
    public void onStored(AddAcknowledgement stored) {
        if (inFlight.take(stored) instanceof AddCall call) {
            call.end();
            try {
                call.answered(Status.OK);
            } catch (RuntimeException e) {
                wronglyHandled(call, e);
            }
        }
    }

    /** A bug in one ledger's code must not take the connection from all the others. */
    private void wronglyHandled(Call call, RuntimeException e) {
        LOG.error("an answer of bookie {} was handled wrongly: {}", bookie, call.header(), e);
    }

    void onUnreadable(Channel from, Throwable cause) {
        LOG.warn("bookie {} answered against the protocol, its connection is closed: {}", bookie, cause.getMessage());
        onLost(from, CallFailure.MALFORMED);
        from.close();
    }

    void onBroken(Channel from, Throwable cause) {
        LOG.debug("the connection to bookie {} broke: {}", bookie, cause.toString());
        // In TLS 1.3 a client hears after its handshake that its certificate is not liked.
        SecuringFailure.ofBrokenTls(cause).ifPresent(why -> loop.unsecured().failed(bookie, why));
        onLost(from, CallFailure.CONNECTION_LOST);
        from.close();
    }

    void onLost(Channel lost, CallFailure failure) {
        if (lost == channel) {
            if (!heard && loop.usesTls()) {
                loop.unsecured().mayHaveFailed(bookie, SecuringFailure.SUDDEN_END);
            }
            channel = null;
            state = State.IDLE;
            dropGathered();
            if (!batches) {
                loop.tellConnectionLost(bookie);
            }
            failAll(failure);
        }
    }

    /** Fails what is overdue. */
    void sweep(long nowNanos) {
        for (Call call : inFlight.removeIf(waiting -> waiting.isOverdue(nowNanos))) {
            if (authenticating) {
                loop.unsecured().failed(bookie, SecuringFailure.SILENCE);
            }
            fail(call, CallFailure.TIMEOUT);
        }
    }

    void close() {
        Channel open = channel;
        channel = null;
        state = State.IDLE;
        dropGathered();
        if (open != null) {
            open.close();
        }
        failAll(CallFailure.CLIENT_CLOSED);
    }

    /** Handlers may send again at once, so the tables are emptied before the first is told. */
    private void failAll(CallFailure failure) {
        unsent.clear();
        for (Call call : inFlight.removeIf(any -> true)) {
            fail(call, failure);
        }
    }

    private void fail(Call call, CallFailure failure) {
        call.end();
        try {
            call.failed(failure);
        } catch (RuntimeException e) {
            LOG.error("the failure of a call to bookie {} was handled wrongly: {}", bookie, call.header(), e);
        }
    }
}
