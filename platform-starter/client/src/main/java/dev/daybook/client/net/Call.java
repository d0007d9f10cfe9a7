package dev.daybook.client.net;

import dev.daybook.protocol.wire.BookieRequest;
import dev.daybook.protocol.wire.FrameHeader;
import io.netty.buffer.ByteBuf;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** One request on its way: its frame, how its answer is recognised, and who waits. Belongs to the loop that sends it. */
public final class Call {
    /** Of requests that are not about one entry. */
    private static final long NO_ENTRY_ID = Long.MIN_VALUE;

    private final FrameHeader header;
    private final long ledgerId;
    private final long entryId;
    private final ByteBuf frame;
    private final long timeoutNanos;
    private final CallHandler handler;

    /** Another call of the same connection under the same key, sent after this one. Belongs to the in-flight table. */
    @Nullable
    Call sharingKey;

    private long deadlineNanos;
    /** The frame's reference went to the channel, or was released because the call ended before. */
    private boolean framePassedOn;

    private boolean ended;

    /**
     * @param entryId as the answer will echo it
     * @param frame one whole frame, length prefix included; a reference is taken over, its indices are left alone
     */
    public Call(FrameHeader header, long ledgerId, long entryId, ByteBuf frame, Duration timeout, CallHandler handler) {
        this.header = header;
        this.ledgerId = ledgerId;
        this.entryId = entryId;
        this.frame = frame;
        this.timeoutNanos = timeout.toNanos();
        this.handler = handler;
    }

    /** A call whose key is found in the request. */
    static Call of(BookieRequest request, ByteBuf frame, Duration timeout, CallHandler handler) {
        if (request instanceof BookieRequest.Read read) {
            return new Call(read.header(), read.ledgerId(), read.entryId(), frame, timeout, handler);
        }
        if (request instanceof BookieRequest.Add add) {
            return new Call(add.header(), add.ledgerId(), add.entryId(), frame, timeout, handler);
        }
        return new Call(request.header(), NO_ENTRY_ID, NO_ENTRY_ID, frame, timeout, handler);
    }

    FrameHeader header() {
        return header;
    }

    long ledgerId() {
        return ledgerId;
    }

    long entryId() {
        return entryId;
    }

    CallHandler handler() {
        return handler;
    }

    void startClock(long nowNanos) {
        deadlineNanos = nowNanos + timeoutNanos;
    }

    boolean isOverdue(long nowNanos) {
        return nowNanos - deadlineNanos >= 0;
    }

    boolean hasEnded() {
        return ended;
    }

    /** The frame for the channel, which releases it. */
    ByteBuf passFrameOn() {
        framePassedOn = true;
        return frame;
    }

    /** Marks the end; a frame that was not sent is released. The caller then tells the handler. */
    void end() {
        if (ended) {
            throw new IllegalStateException("a call ends once: " + header);
        }
        ended = true;
        if (!framePassedOn) {
            framePassedOn = true;
            frame.release();
        }
    }
}
