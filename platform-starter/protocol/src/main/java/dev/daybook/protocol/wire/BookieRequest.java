package dev.daybook.protocol.wire;

import io.netty.buffer.ByteBuf;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * A request to a bookie, free of its encoding.
 *
 * <p>Buffers: whoever holds a request that carries a {@link ByteBuf} owns one reference and must release it once.
 */
public sealed interface BookieRequest {
    /** Bit of {@link Add#writeFlags}: acknowledge before the journal is synced. */
    int DEFERRED_SYNC = 1;

    /** Bit of {@link BookieInfo#requested}. */
    long TOTAL_DISK_CAPACITY = 1;

    /** Bit of {@link BookieInfo#requested}. */
    long FREE_DISK_SPACE = 2;

    FrameHeader header();

    /**
     * @param ledgerId echoed in the answer; the ids inside the body decide where the entry is stored
     * @param body the packaged entry
     */
    record Add(
            FrameHeader header,
            long ledgerId,
            long entryId,
            byte[] masterKey,
            ByteBuf body,
            boolean recovery,
            int writeFlags)
            implements BookieRequest {
        Add withBody(ByteBuf newBody) {
            return new Add(header, ledgerId, entryId, masterKey, newBody, recovery, writeFlags);
        }

        public boolean isDeferredSync() {
            return (writeFlags & DEFERRED_SYNC) != 0;
        }
    }

    /**
     * @param entryId -1 asks for the highest entry stored
     * @param masterKey required for fencing, ignored otherwise
     * @param longPoll present when the answer may wait for the last-add-confirmed to move
     */
    record Read(
            FrameHeader header,
            long ledgerId,
            long entryId,
            boolean fence,
            Optional<byte[]> masterKey,
            Optional<LongPoll> longPoll)
            implements BookieRequest {}

    /**
     * @param timeoutMillis absent: no wait
     * @param piggyback answer with entry {@code previousLac + 1} when the bookie has it
     */
    record LongPoll(long previousLac, OptionalLong timeoutMillis, boolean piggyback) {}

    /** Entries from {@code startEntryId} on. The request id is {@code header.txnId}. v2 only. */
    record BatchRead(
            FrameHeader header,
            long ledgerId,
            long startEntryId,
            int maxCount,
            long maxSizeBytes,
            boolean fence,
            Optional<byte[]> masterKey)
            implements BookieRequest {}

    record WriteLac(FrameHeader header, long ledgerId, long lac, byte[] masterKey, ByteBuf body)
            implements BookieRequest {}

    record ReadLac(FrameHeader header, long ledgerId) implements BookieRequest {}

    record Force(FrameHeader header, long ledgerId) implements BookieRequest {}

    record BookieInfo(FrameHeader header, long requested) implements BookieRequest {}

    record EntryList(FrameHeader header, long ledgerId) implements BookieRequest {}

    /** @param message absent when the v3 sub-message is missing */
    record Auth(FrameHeader header, Optional<AuthMessage> message) implements BookieRequest {}

    record StartTls(FrameHeader header, boolean hasSubMessage) implements BookieRequest {}

    /** A well-formed v3 message with an operation that no server performs. */
    record Unsupported(FrameHeader header) implements BookieRequest {}
}
