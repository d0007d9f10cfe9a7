package dev.daybook.client.net;

import dev.daybook.protocol.wire.BookieResponse;
import dev.daybook.protocol.wire.FrameHeader;
import dev.daybook.protocol.wire.Operation;
import io.netty.buffer.ByteBuf;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * One request on its way: its frame, how its answer is recognised, and who waits. Belongs to the loop that sends it.
 * Exactly one of {@link #answered} and {@link #failed} is called, once, on that loop, and never from within
 * {@link NetworkLoop#send}.
 */
abstract sealed class Call permits AddCall, RequestCall {
    private final FrameHeader header;
    private final long keyFirst;
    private final long keySecond;
    private final ByteBuf frame;

    /** Another call of the same connection under the same key, sent after this one. Belongs to the in-flight table. */
    @Nullable
    Call sharingKey;

    /** Until the clock is started: how long an answer is waited for. */
    private long deadlineNanos;

    /** The frame's reference went to the channel, or was released because the call ended before. */
    private boolean framePassedOn;

    private boolean ended;

    /**
     * @param keyFirst with the next: the {@link AnswerKey}
     * @param frame one whole frame, length prefix included; a reference is taken over, its indices are left alone
     */
    Call(FrameHeader header, long keyFirst, long keySecond, ByteBuf frame, Duration timeout) {
        this.header = header;
        this.keyFirst = keyFirst;
        this.keySecond = keySecond;
        this.frame = frame;
        this.deadlineNanos = timeout.toNanos();
    }

    /** Takes over the response's buffers. */
    abstract void answered(BookieResponse response);

    abstract void failed(CallFailure failure);

    final FrameHeader header() {
        return header;
    }

    final Operation operation() {
        return header.operation();
    }

    final long keyFirst() {
        return keyFirst;
    }

    final long keySecond() {
        return keySecond;
    }

    final boolean isKnownBy(Operation operation, long first, long second) {
        return keySecond == second && keyFirst == first && header.operation() == operation;
    }

    final void startClock(long nowNanos) {
        deadlineNanos += nowNanos;
    }

    final boolean isOverdue(long nowNanos) {
        return nowNanos - deadlineNanos >= 0;
    }

    final boolean hasEnded() {
        return ended;
    }

    /** The frame for the channel, which releases it. */
    final ByteBuf passFrameOn() {
        framePassedOn = true;
        return frame;
    }

    /** Marks the end; a frame that was not sent is released. The caller then tells who waits. */
    final void end() {
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
