package dev.daybook.client.loop;

import dev.daybook.protocol.wire.FrameHeader;
import io.netty.buffer.ByteBuf;
import org.jspecify.annotations.Nullable;

/**
 * The memory of an entry on its way out. It begins as the bare payload; the first send turns it into one frame that all
 * bookies get. Everything is given back when the core has let go of it and no bookie is waited for. Belongs to the loop
 * of its ledger, after the thread that made it has handed it over.
 */
final class OutgoingEntry {
    private final int payloadBytes;
    private final @Nullable AppendGate gate;
    private final int countedBytes;

    /** Present until the frame is built. */
    private @Nullable ByteBuf payload;

    private @Nullable ByteBuf frame;
    private @Nullable FrameHeader header;
    private int unanswered;
    private boolean wanted = true;

    /** @param payload taken over; it holds no room of the client */
    OutgoingEntry(ByteBuf payload) {
        this(payload, null, 0);
    }

    /**
     * @param payload taken over
     * @param gate gets the bytes back when the memory is free
     */
    OutgoingEntry(ByteBuf payload, @Nullable AppendGate gate, int countedBytes) {
        this.payload = payload;
        this.payloadBytes = payload.readableBytes();
        this.gate = gate;
        this.countedBytes = countedBytes;
    }

    int payloadBytes() {
        return payloadBytes;
    }

    boolean isFramed() {
        return frame != null;
    }

    /** The payload, which now belongs to the caller, who answers with {@link #framed}. */
    ByteBuf takePayload() {
        ByteBuf taken = payload;
        if (taken == null) {
            throw new IllegalStateException("an entry is framed once");
        }
        payload = null;
        return taken;
    }

    /** @param newFrame taken over */
    void framed(FrameHeader newHeader, ByteBuf newFrame) {
        header = newHeader;
        frame = newFrame;
    }

    FrameHeader header() {
        if (header == null) {
            throw new IllegalStateException("an entry is framed before it is sent");
        }
        return header;
    }

    /** A reference to the frame for one bookie, whose indices must stay as they are; {@link #answered} follows. */
    ByteBuf frameForSending() {
        if (frame == null) {
            throw new IllegalStateException("an entry is framed before it is sent");
        }
        unanswered++;
        return frame.retain();
    }

    void answered() {
        unanswered--;
        freeIfUnused();
    }

    /** The core will not send it again. Idempotent. */
    void release() {
        if (!wanted) {
            return;
        }
        wanted = false;
        if (payload != null) {
            payload.release();
            payload = null;
        }
        if (frame != null) {
            frame.release();
            frame = null;
        }
        freeIfUnused();
    }

    private void freeIfUnused() {
        if (gate != null && !wanted && unanswered == 0) {
            gate.leave(countedBytes);
        }
    }
}
