package dev.daybook.protocol.wire;

import io.netty.buffer.ByteBuf;

/**
 * The word of a bookie that it has stored an entry, read where it lies and into one object that is used again: a writer
 * gets several of them for each entry. Every other answer, also to an add, is for {@link ResponseDecoder}. Not
 * thread-safe. Source: wire protocol, sections 4.2, 4.3, 4.5 and 5.3.
 */
public abstract sealed class AddAcknowledgement permits V2AddAcknowledgement, V3AddAcknowledgement {
    long txnId;
    long ledgerId;
    long entryId;

    AddAcknowledgement() {}

    public static AddAcknowledgement of(Generation generation) {
        return switch (generation) {
            case V2 -> new V2AddAcknowledgement();
            case V3 -> new V3AddAcknowledgement();
        };
    }

    /**
     * Looks at one frame without its length prefix, and leaves the indices of the buffer alone. The values are those of
     * the frame until the next look.
     *
     * @param end behind the last byte of the frame
     * @return false if it is another answer or an unusual one; then the values mean nothing
     */
    public abstract boolean read(ByteBuf buffer, int start, int end);

    /** The v3 correlation id; 0 in v2. */
    public final long txnId() {
        return txnId;
    }

    public final long ledgerId() {
        return ledgerId;
    }

    public final long entryId() {
        return entryId;
    }
}
