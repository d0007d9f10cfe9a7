package dev.daybook.client.loop;

import dev.daybook.protocol.wire.FrameHeader;
import dev.daybook.protocol.wire.RequestEncoder;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import org.jspecify.annotations.Nullable;

/**
 * The memory of an entry on its way out: one buffer that begins as the bare payload, and that the first send turns into
 * one frame for all bookies, by writing in front of it. Everything is given back when the core has let go of it and no bookie is waited for. Belongs to the loop
 * of its ledger, after the thread that made it has handed it over.
 */
final class OutgoingEntry {
    private final ByteBuf buffer;
    private final int payloadBytes;
    private final @Nullable AppendGate gate;
    private final int countedBytes;

    /** Present when the buffer is a frame. */
    private @Nullable FrameHeader header;

    private int unanswered;
    private boolean wanted = true;

    /**
     * @param payload in a buffer {@linkplain #room with room in front}, taken over
     * @param gate gets the bytes back when the memory is free
     */
    OutgoingEntry(ByteBuf payload, @Nullable AppendGate gate, int countedBytes) {
        this.buffer = payload;
        this.payloadBytes = payload.readableBytes();
        this.gate = gate;
        this.countedBytes = countedBytes;
    }

    /** An empty buffer for a payload, with room in front for what makes it an entry and a frame. */
    static ByteBuf room(ByteBufAllocator allocator, int entryHeaderBytes, int payloadBytes) {
        return RequestEncoder.roomForBody(allocator, entryHeaderBytes, payloadBytes);
    }

    /**
     * An entry that holds none of the client's room.
     *
     * @param payload released
     */
    static OutgoingEntry copyOf(ByteBufAllocator allocator, int entryHeaderBytes, ByteBuf payload) {
        ByteBuf copy =
                room(allocator, entryHeaderBytes, payload.readableBytes()).writeBytes(payload);
        payload.release();
        return new OutgoingEntry(copy, null, 0);
    }

    int payloadBytes() {
        return payloadBytes;
    }

    boolean isFramed() {
        return header != null;
    }

    /** The buffer for whoever makes it a frame, and then says so to {@link #framed}. */
    ByteBuf buffer() {
        return buffer;
    }

    void framed(FrameHeader frameHeader) {
        header = frameHeader;
    }

    FrameHeader header() {
        if (header == null) {
            throw new IllegalStateException("an entry is framed before it is sent");
        }
        return header;
    }

    /** A reference to the frame for one bookie, whose indices must stay as they are; {@link #answered} follows. */
    ByteBuf frameForSending() {
        unanswered++;
        return buffer.retain();
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
        buffer.release();
        freeIfUnused();
    }

    private void freeIfUnused() {
        if (gate != null && !wanted && unanswered == 0) {
            gate.leave(countedBytes);
        }
    }
}
