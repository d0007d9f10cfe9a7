package dev.daybook.server.net;

import dev.daybook.protocol.wire.BookieRequest;
import dev.daybook.protocol.wire.BookieResponse;
import dev.daybook.protocol.wire.MalformedFrameException;
import dev.daybook.protocol.wire.RequestDecoder;
import dev.daybook.protocol.wire.ResponseEncoder;
import dev.daybook.server.shard.RequestHandler;
import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.EventLoop;
import io.netty.handler.codec.DecoderException;
import io.netty.handler.ssl.SslHandshakeCompletionEvent;
import java.io.IOException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One client's connection. Decodes frames, hands requests to the bookie and sends its answers.
 *
 * <p>Everything here belongs to the connection's event loop, except {@link AnswerQueue} and the count of bytes held.
 * Always true: a request is charged once when it is decoded, once more for its answer, and all of it is given back when
 * the answer has been handed to the socket or dropped. The connection is read only while its charge, the bookie's
 * budget and the socket's water marks allow it.
 */
final class Connection extends ChannelInboundHandlerAdapter implements FrameSplitter.Receiver, Doorway.Host {
    private static final Logger LOG = LoggerFactory.getLogger(Connection.class);

    /** What a request costs beside its bytes: the objects that carry it. */
    private static final long REQUEST_OVERHEAD_BYTES = 256;

    /** What is expected of a read before any was answered. */
    private static final long FIRST_ANSWER_BYTES = 16 * 1024;

    /** Answers to adds are small and come in crowds, so they share buffers. */
    private static final int ANSWERS_BUFFER_BYTES = 8192;

    private final Channel channel;
    private final EventLoop loop;
    private final RequestHandler bookie;
    private final Surroundings shared;
    private final RequestDecoder decoder = new RequestDecoder();
    private final Doorway doorway;
    private final FrameSplitter splitter;
    private final AnswerQueue answers = new AnswerQueue(this::scheduleDrain);
    private final AtomicLong heldBytes = new AtomicLong();
    private final Runnable wake = this::onBudgetFreed;
    private boolean inReadBurst;
    private boolean drainAfterBurst;
    private boolean closed;

    /** Charged for requests of this burst, but not counted yet. */
    private long uncountedBytes;

    /** Charged for what was read and is not a request yet. */
    private long chargedAhead;

    /** Of reads lately: the largest, slowly forgotten. */
    private long usualAnswerBytes = FIRST_ANSWER_BYTES;

    private boolean resuming;

    /** Counts what the peer does: bytes that it sent or took. */
    private long progress;

    private boolean stallCheckIsDue;

    /** Has the turn to finish one frame although there is no room. */
    private boolean finishing;

    private boolean turnHasEnded;

    Connection(Channel channel, RequestHandler bookie, Surroundings shared) {
        this.channel = channel;
        this.loop = channel.eventLoop();
        this.bookie = bookie;
        this.shared = shared;
        this.doorway = new Doorway(channel, shared, this);
        this.splitter = new FrameSplitter(shared.config().maxFrameBytes(), channel.alloc());
    }

    @Override
    public void channelActive(ChannelHandlerContext context) {
        shared.metrics().connectionsChanged(1);
    }

    @Override
    public void channelRead(ChannelHandlerContext context, Object message) {
        inReadBurst = true;
        progress++;
        splitter.split((ByteBuf) message, this);
        count();
        if (splitter.hasUncut() || !mayRead(shared.budget().isExhausted())) {
            adjustReading(); // Not at the end of the burst only: it may be long.
        }
    }

    private void count() {
        long ahead = splitter.keptBytes() + splitter.uncutBytes();
        long bytes = uncountedBytes + ahead - chargedAhead;
        uncountedBytes = 0;
        chargedAhead = ahead;
        charge(bytes);
    }

    /** A single read may bring thousands of requests, and each may ask for much. */
    @Override
    public boolean mayGoOn() {
        return closed || (hasOwnRoom() && (!shared.budget().isExhaustedWith(uncountedBytes) || mayFinish()));
    }

    private boolean hasOwnRoom() {
        return heldBytes.get() + uncountedBytes - chargedAhead
                <= shared.config().connectionBytesMax();
    }

    @Override
    public void frame(ByteBuf frame) {
        if (closed) {
            return;
        }
        turnHasEnded = finishing;
        long frameBytes = frame.readableBytes();
        try {
            BookieRequest request = decoder.decode(frame);
            if (doorway.admits(request)) {
                long cost = frameBytes + REQUEST_OVERHEAD_BYTES + expectedAnswerBytes(request);
                uncountedBytes += cost;
                bookie.execute(request, response -> onAnswer(cost, response));
            } else {
                AnswerBuffers.release(request);
            }
        } catch (MalformedFrameException e) {
            refuse("a frame that is no message of the protocol: " + e.getMessage());
        }
    }

    @Override
    public void answer(BookieResponse answer) {
        charge(REQUEST_OVERHEAD_BYTES);
        onAnswer(REQUEST_OVERHEAD_BYTES, answer);
    }

    @Override
    public void sendNow(BookieResponse answer) {
        send(ResponseEncoder.encode(channel.alloc(), answer));
        channel.flush();
    }

    @Override
    public void userEventTriggered(ChannelHandlerContext context, Object event) {
        if (event instanceof SslHandshakeCompletionEvent handshake) {
            doorway.handshakeEnded(handshake);
            drain();
        }
    }

    /** What the answer may hold, counted before there is one: afterwards it would be too late to wait. */
    private long expectedAnswerBytes(BookieRequest request) {
        if (request instanceof BookieRequest.BatchRead batch) {
            return Math.min(Math.max(0, batch.maxSizeBytes()), shared.config().maxFrameBytes());
        }
        // A long poll may wait for minutes without an answer.
        return request instanceof BookieRequest.Read read && read.longPoll().isEmpty() ? usualAnswerBytes : 0;
    }

    @Override
    public void badFrame(String what) {
        refuse(what);
    }

    /** Any thread. */
    private void onAnswer(long requestCost, BookieResponse response) {
        long answerBytes = AnswerBuffers.bytesOf(response);
        if (answerBytes > 0) {
            charge(answerBytes);
        }
        answers.add(response, requestCost + answerBytes);
    }

    @Override
    public void channelReadComplete(ChannelHandlerContext context) {
        inReadBurst = false;
        if (drainAfterBurst) {
            drainAfterBurst = false;
            drain();
        } else {
            adjustReading();
        }
    }

    /** Any thread. During a read burst the answers wait for its end, so that they share one flush. */
    private void scheduleDrain() {
        if (loop.inEventLoop() && inReadBurst) {
            drainAfterBurst = true;
        } else {
            loop.execute(this::drain);
        }
    }

    private void drain() {
        sendAnswers();
        adjustReading();
    }

    @Override
    public void sendAnswers() {
        if (doorway.isHandshaking() && !closed) {
            return;
        }
        answers.beginDrain();
        ByteBuf adds = null;
        long freedBytes = 0;
        boolean written = false;
        while (closed || channel.isWritable()) {
            AnswerQueue.Answer next = answers.poll();
            if (next == null) {
                break;
            }
            freedBytes += next.cost();
            if (next.response() instanceof BookieResponse.Read read) {
                usualAnswerBytes = Math.max(AnswerBuffers.bytesOf(read), usualAnswerBytes - usualAnswerBytes / 8);
            }
            if (closed) {
                AnswerBuffers.release(next.response());
            } else if (next.response() instanceof BookieResponse.Add add) {
                if (adds != null && adds.writableBytes() < ResponseEncoder.ADD_BYTES_MAX) {
                    send(adds);
                    adds = null;
                }
                adds = adds == null ? channel.alloc().buffer(ANSWERS_BUFFER_BYTES, ANSWERS_BUFFER_BYTES) : adds;
                ResponseEncoder.appendAdd(adds, add);
                written = true;
            } else {
                send(ResponseEncoder.encode(channel.alloc(), next.response()));
                written = true;
            }
        }
        if (adds != null) {
            send(adds);
        }
        if (freedBytes > 0) {
            charge(-freedBytes);
        }
        if (written) {
            progress++;
            channel.flush();
        }
    }

    @SuppressWarnings("FutureReturnValueIgnored") // The void promise; a failed write closes the channel.
    private void send(ByteBuf frames) {
        channel.write(frames, channel.voidPromise());
    }

    /** An unwritable socket leaves answers in the queue; this is the moment to go on with them. */
    @Override
    public void channelWritabilityChanged(ChannelHandlerContext context) {
        progress++;
        if (channel.isWritable() && !answers.isEmpty()) {
            loop.execute(this::drain);
        } else {
            adjustReading();
        }
    }

    private boolean mayRead(boolean bookieIsFull) {
        return channel.isWritable() && hasOwnRoom() && (!bookieIsFull || mayFinish());
    }

    private boolean mayFinish() {
        boolean begun = splitter.keptBytes() > 0 || splitter.hasUncut();
        boolean may = begun
                && !turnHasEnded
                && !shared.budget().isPressed()
                && shared.budget().mayFinish(this);
        finishing |= may;
        return may;
    }

    private void adjustReading() {
        if (closed) {
            return;
        }
        if (finishing && (turnHasEnded || chargedAhead == 0)) {
            finishing = false;
            turnHasEnded = false;
            channel.config().setAutoRead(false);
            shared.budget().hasFinished(this);
            loop.execute(this::adjustReading); // Behind the others, whose turn may be next.
            return;
        }
        if (splitter.hasUncut() && !resuming) {
            resuming = true;
            splitter.resume(this);
            count();
            resuming = false;
        }
        // Asked once: who is not read because of it must be parked because of it.
        boolean bookieIsFull = shared.budget().isExhausted();
        channel.config().setAutoRead(!splitter.hasUncut() && mayRead(bookieIsFull));
        if (bookieIsFull) {
            shared.budget().park(wake);
            checkForStall();
        } else if (splitter.hasUncut() && hasOwnRoom() && !resuming) {
            loop.execute(this::adjustReading); // Room has come just now, so nobody else will call.
        }
    }

    /** Memory is short: a peer that holds some of it and does nothing must not keep it from all others. */
    @SuppressWarnings("FutureReturnValueIgnored") // The check reports its own failures.
    private void checkForStall() {
        if (stallCheckIsDue) {
            return;
        }
        stallCheckIsDue = true;
        long before = progress;
        loop.schedule(() -> endIfStalled(before), shared.config().stallMillis(), TimeUnit.MILLISECONDS);
    }

    private void endIfStalled(long progressBefore) {
        stallCheckIsDue = false;
        boolean memoryIsShort =
                shared.budget().isExhausted() && !shared.budget().isPressed();
        boolean mustSend = splitter.keptBytes() > 0 && channel.config().isAutoRead();
        if (!closed && memoryIsShort && progress == progressBefore && (mustSend || !channel.isWritable())) {
            refuse(mustSend ? "half a frame and nothing more" : "requests whose answers it did not take");
        } else {
            adjustReading();
        }
    }

    /** Any thread. */
    private void onBudgetFreed() {
        if (!loop.isShuttingDown()) {
            loop.execute(this::adjustReading);
        }
    }

    /** Any thread. */
    private void charge(long bytes) {
        if (bytes == 0) {
            return;
        }
        heldBytes.addAndGet(bytes);
        shared.metrics().bytesInFlightChanged(bytes);
        if (bytes > 0) {
            shared.budget().take(bytes);
        } else {
            shared.budget().give(-bytes);
        }
    }

    @Override
    public void channelInactive(ChannelHandlerContext context) {
        closed = true;
        doorway.stopWaiting();
        splitter.close();
        charge(-chargedAhead);
        chargedAhead = 0;
        shared.metrics().connectionsChanged(-1);
        shared.budget().forget(wake);
        shared.budget().hasFinished(this);
        drain();
    }

    /** Only this connection suffers: nothing that follows a bad frame can be understood. */
    @Override
    public void refuse(String what) {
        shared.metrics().frameRejected();
        shared.log().refused(channel.remoteAddress(), what);
        end();
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
        if (cause instanceof IOException || cause instanceof DecoderException) {
            LOG.debug("The connection from {} broke: {}", channel.remoteAddress(), cause.toString());
        } else {
            shared.log().failed(channel.remoteAddress(), cause);
        }
        end();
    }

    @SuppressWarnings("FutureReturnValueIgnored") // A close that fails leaves nothing to do.
    private void end() {
        closed = true;
        channel.close();
    }
}
