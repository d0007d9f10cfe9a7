package dev.daybook.server.net;

import dev.daybook.metrics.BookieMetrics;
import dev.daybook.protocol.wire.BookieRequest;
import dev.daybook.protocol.wire.BookieResponse;
import dev.daybook.protocol.wire.MalformedFrameException;
import dev.daybook.protocol.wire.RequestDecoder;
import dev.daybook.protocol.wire.ResponseEncoder;
import dev.daybook.server.net.FrameSplitter.BadFrame;
import dev.daybook.server.shard.RequestHandler;
import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.EventLoop;
import java.io.IOException;
import java.util.Optional;
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
final class Connection extends ChannelInboundHandlerAdapter {
    private static final Logger LOG = LoggerFactory.getLogger(Connection.class);

    /** What a request costs beside its bytes: the objects that carry it. */
    private static final long REQUEST_OVERHEAD_BYTES = 256;

    /** What a read is taken to answer until it does. A long poll waits without an answer and is not charged for one. */
    private static final long READ_ANSWER_BYTES = 16 << 10;

    /** Largest batch answer (wire protocol, section 5.4). */
    private static final long BATCH_ANSWER_BYTES_MAX = 5L << 20;

    private final Channel channel;
    private final EventLoop loop;
    private final RequestHandler bookie;
    private final Shared shared;
    private final RequestDecoder decoder = new RequestDecoder();
    private final AnswerQueue answers = new AnswerQueue(this::scheduleDrain);
    private final AtomicLong heldBytes = new AtomicLong();
    private final Runnable wake = this::onBudgetFreed;
    private boolean inReadBurst;
    private boolean drainAfterBurst;
    private boolean closed;

    Connection(Channel channel, RequestHandler bookie, Shared shared) {
        this.channel = channel;
        this.loop = channel.eventLoop();
        this.bookie = bookie;
        this.shared = shared;
    }

    /** What all connections of a bookie share. */
    record Shared(NetConfig config, ByteBudget budget, ConnectionLog log, BookieMetrics metrics) {}

    @Override
    public void channelActive(ChannelHandlerContext context) {
        shared.metrics().connectionsChanged(1);
    }

    @Override
    public void channelRead(ChannelHandlerContext context, Object message) {
        inReadBurst = true;
        if (message instanceof BadFrame bad) {
            refuse(bad.what());
        } else if (closed) {
            ((ByteBuf) message).release();
        } else {
            accept((ByteBuf) message);
        }
    }

    private void accept(ByteBuf frame) {
        long frameBytes = frame.readableBytes();
        try {
            accept(decoder.decode(frame), frameBytes);
        } catch (MalformedFrameException e) {
            refuse("a frame that is no message of the protocol: " + e.getMessage());
        } finally {
            frame.release();
        }
    }

    private void accept(BookieRequest request, long frameBytes) {
        long cost = frameBytes + REQUEST_OVERHEAD_BYTES + expectedAnswerBytes(request);
        charge(cost);
        Optional<BookieResponse> atTheDoor = DoorAnswers.answer(request);
        if (atTheDoor.isPresent()) {
            onAnswer(cost, atTheDoor.get());
        } else {
            bookie.execute(request, response -> onAnswer(cost, response));
        }
    }

    /** Reads are cheap to ask for, so what they will take is charged before it is there. */
    private static long expectedAnswerBytes(BookieRequest request) {
        if (request instanceof BookieRequest.BatchRead batch) {
            return Math.max(0, Math.min(batch.maxSizeBytes(), BATCH_ANSWER_BYTES_MAX));
        }
        return request instanceof BookieRequest.Read read && read.longPoll().isEmpty() ? READ_ANSWER_BYTES : 0;
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
        answers.beginDrain();
        boolean written = false;
        while (closed || channel.isWritable()) {
            AnswerQueue.Answer next = answers.poll();
            if (next == null) {
                break;
            }
            if (closed) {
                AnswerBuffers.release(next.response());
            } else {
                send(next);
                written = true;
            }
            giveBack(next.cost());
        }
        if (written) {
            channel.flush();
        }
        adjustReading();
    }

    @SuppressWarnings("FutureReturnValueIgnored") // The void promise; a failed write closes the channel.
    private void send(AnswerQueue.Answer answer) {
        channel.write(ResponseEncoder.encode(channel.alloc(), answer.response()), channel.voidPromise());
    }

    /** An unwritable socket leaves answers in the queue; this is the moment to go on with them. */
    @Override
    public void channelWritabilityChanged(ChannelHandlerContext context) {
        if (channel.isWritable() && !answers.isEmpty()) {
            loop.execute(this::drain);
        } else {
            adjustReading();
        }
    }

    private void adjustReading() {
        if (closed) {
            return;
        }
        boolean bookieIsFull = shared.budget().isExhausted();
        boolean mayRead = channel.isWritable()
                && !bookieIsFull
                && heldBytes.get() <= shared.config().connectionBytesMax();
        channel.config().setAutoRead(mayRead);
        if (bookieIsFull) {
            shared.budget().park(wake);
        }
    }

    /** Any thread. */
    private void onBudgetFreed() {
        if (!loop.isShuttingDown()) {
            loop.execute(this::adjustReading);
        }
    }

    private void charge(long bytes) {
        heldBytes.addAndGet(bytes);
        shared.budget().take(bytes);
    }

    private void giveBack(long bytes) {
        heldBytes.addAndGet(-bytes);
        shared.budget().give(bytes);
    }

    @Override
    public void channelInactive(ChannelHandlerContext context) {
        closed = true;
        shared.metrics().connectionsChanged(-1);
        shared.budget().forget(wake);
        drain();
    }

    /** Only this connection suffers: nothing that follows a bad frame can be understood. */
    private void refuse(String what) {
        shared.metrics().frameRejected();
        shared.log().refused(channel.remoteAddress(), what);
        end();
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
        if (cause instanceof IOException) {
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
