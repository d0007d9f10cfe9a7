package dev.daybook.protocol.wire;

import dev.daybook.protocol.model.Status;
import io.netty.buffer.ByteBuf;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * An answer of a bookie, free of its encoding.
 *
 * <p>Buffers: whoever holds an answer that carries {@link ByteBuf}s owns one reference to each and must release it once.
 */
public sealed interface BookieResponse {
    FrameHeader header();

    Status status();

    record Add(FrameHeader header, Status status, long ledgerId, long entryId) implements BookieResponse {}

    /**
     * @param entryId as requested, except a long poll that carries an entry: then that entry's id
     * @param body the packaged entry, only on success
     * @param maxLac highest last-add-confirmed the bookie knows; never in fencing answers and errors
     * @param lacUpdateMillis wall clock of the update that ended a long poll
     */
    record Read(
            FrameHeader header,
            Status status,
            long ledgerId,
            long entryId,
            Optional<ByteBuf> body,
            OptionalLong maxLac,
            OptionalLong lacUpdateMillis)
            implements BookieResponse {}

    /** @param entries a run from {@code startEntryId}, never empty on success */
    record BatchRead(FrameHeader header, Status status, long ledgerId, long startEntryId, List<ByteBuf> entries)
            implements BookieResponse {}

    record WriteLac(FrameHeader header, Status status, long ledgerId) implements BookieResponse {}

    record ReadLac(
            FrameHeader header, Status status, long ledgerId, Optional<ByteBuf> lacBody, Optional<ByteBuf> lastEntry)
            implements BookieResponse {}

    record Force(FrameHeader header, Status status, long ledgerId) implements BookieResponse {}

    record BookieInfo(FrameHeader header, Status status, OptionalLong totalDiskBytes, OptionalLong freeDiskBytes)
            implements BookieResponse {}

    /** @param availability the encoded set, wire protocol section 12; only on success */
    record EntryList(FrameHeader header, Status status, long ledgerId, Optional<byte[]> availability)
            implements BookieResponse {}

    record Auth(FrameHeader header, Status status, Optional<AuthMessage> message) implements BookieResponse {}

    record StartTls(FrameHeader header, Status status) implements BookieResponse {}

    /** Only a header and a status: unsupported operations and requests before authentication. */
    record Bare(FrameHeader header, Status status) implements BookieResponse {}
}
