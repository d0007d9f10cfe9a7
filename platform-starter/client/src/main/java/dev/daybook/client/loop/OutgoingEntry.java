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
    private final Runnable whenFree;

    /** Present until the frame is built. */
    private @Nullable ByteBuf payload;

    private @Nullable ByteBuf frame;
    private @Nullable FrameHeader header;
    private int unanswered;
    private boolean wanted = true;

    /** @param payload taken over */
    OutgoingEntry(ByteBuf payload, Runnable whenFree) {
        this.payload = payload;
        this.payloadBytes = payload.readableBytes();
        this.whenFree = whenFree;
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

    /** A reference to the frame for one bookie; {@link #answered} follows. */
    ByteBuf frameForSending() {
        if (frame == null) {
            throw new IllegalStateException("an entry is framed before it is sent");
        }
        unanswered++;
        return frame.retainedDuplicate();
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
        if (!wanted && unanswered == 0) {
            whenFree.run();
        }
    }
}
