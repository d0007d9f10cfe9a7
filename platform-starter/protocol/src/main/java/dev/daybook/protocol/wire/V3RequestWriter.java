package dev.daybook.protocol.wire;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import java.util.OptionalInt;

/** Source: wire protocol, sections 4.4 and 4.6: the flag comes first, as the peer of 4.18 writes it. */
final class V3RequestWriter {
    private static final OptionalInt NO_STATUS = OptionalInt.empty();

    private V3RequestWriter() {}

    static ByteBuf write(ByteBufAllocator allocator, BookieRequest request) {
        if (request instanceof BookieRequest.BatchRead) {
            throw new IllegalArgumentException("a batch read does not exist in protocol v3");
        }
        if (request instanceof BookieRequest.WriteLac write) {
            return new V3Frame(allocator, FrameBuilder.copiedBytes(write.body()))
                    .number(V3Layout.LEDGER_ID, write.ledgerId())
                    .number(V3Layout.LAC, write.lac())
                    .bytes(V3Layout.MASTER_KEY, write.masterKey())
                    .body(V3Layout.BODY, write.body())
                    .finish(write.header(), NO_STATUS);
        }
        V3Frame frame = new V3Frame(allocator, 0);
        if (request instanceof BookieRequest.Read read) {
            return writeRead(frame, read);
        }
        if (request instanceof BookieRequest.ReadLac read) {
            return writeLedgerId(frame, read.header(), read.ledgerId());
        }
        if (request instanceof BookieRequest.Force force) {
            return writeLedgerId(frame, force.header(), force.ledgerId());
        }
        if (request instanceof BookieRequest.EntryList list) {
            return writeLedgerId(frame, list.header(), list.ledgerId());
        }
        if (request instanceof BookieRequest.BookieInfo info) {
            return frame.number(V3Layout.REQUESTED, info.requested()).finish(info.header(), NO_STATUS);
        }
        if (request instanceof BookieRequest.Auth auth && auth.message().isPresent()) {
            return frame.auth(auth.message().get()).finish(auth.header(), NO_STATUS);
        }
        if (request instanceof BookieRequest.StartTls startTls && startTls.hasSubMessage()) {
            return frame.finish(startTls.header(), NO_STATUS);
        }
        // What remains: a token or START_TLS without its sub-message, and operations that have none.
        return frame.finishWithoutSubMessage(request.header(), NO_STATUS);
    }

    /** From the end to the beginning, so that every length is known when it is written. */
    static void writeAround(BookieRequest.Add add) {
        ByteBuf frame = add.body();
        int bodyBytes = frame.readableBytes();
        if (add.writeFlags() != 0) {
            ProtoWriter.writeNumber(frame, V3Layout.WRITE_FLAGS, add.writeFlags());
        }
        ProtoWriter.prependBytesPrefix(frame, V3Layout.BODY, bodyBytes);
        ProtoWriter.prependBytes(frame, V3Layout.MASTER_KEY, add.masterKey());
        ProtoWriter.prependNumber(frame, V3Layout.ENTRY_ID, add.entryId());
        ProtoWriter.prependNumber(frame, V3Layout.LEDGER_ID, add.ledgerId());
        if (add.recovery()) {
            ProtoWriter.prependNumber(frame, V3Layout.FLAG, V3Layout.FLAG_RECOVERY_ADD);
        }
        ProtoWriter.prependBytesPrefix(frame, V3Layout.number(Operation.ADD), frame.readableBytes());
        int subMessageBytes = frame.readableBytes();
        V3Header.prepend(frame, add.header());
        ProtoWriter.prependBytesPrefix(frame, V3Layout.HEADER, frame.readableBytes() - subMessageBytes);
    }

    private static ByteBuf writeRead(V3Frame frame, BookieRequest.Read read) {
        if (read.fence()) {
            frame.number(V3Layout.FLAG, V3Layout.FLAG_FENCE);
        } else if (read.longPoll().isPresent() && read.longPoll().get().piggyback()) {
            frame.number(V3Layout.FLAG, V3Layout.FLAG_PIGGYBACK);
        }
        frame.number(V3Layout.LEDGER_ID, read.ledgerId())
                .number(V3Layout.ENTRY_ID, read.entryId())
                .bytes(V3Layout.MASTER_KEY, read.masterKey());
        read.longPoll()
                .ifPresent(poll -> frame.number(V3Layout.PREVIOUS_LAC, poll.previousLac())
                        .number(V3Layout.TIMEOUT, poll.timeoutMillis()));
        return frame.finish(read.header(), NO_STATUS);
    }

    private static ByteBuf writeLedgerId(V3Frame frame, FrameHeader header, long ledgerId) {
        return frame.number(V3Layout.LEDGER_ID, ledgerId).finish(header, NO_STATUS);
    }
}
