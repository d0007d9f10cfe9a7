package dev.daybook.server.shard;

import dev.daybook.engine.request.AddCommand;
import dev.daybook.engine.request.BatchCommand;
import dev.daybook.engine.request.BookieCore;
import dev.daybook.engine.request.ReadCommand;
import dev.daybook.metrics.BookieMetrics;
import dev.daybook.metrics.RequestKind;
import dev.daybook.protocol.wire.BookieRequest;
import dev.daybook.protocol.wire.BookieResponse;
import dev.daybook.protocol.wire.FrameHeader;
import dev.daybook.storage.memtable.EntryBytes;
import io.netty.buffer.ByteBufUtil;
import java.nio.ByteBuffer;
import java.util.function.BiConsumer;
import java.util.function.Consumer;

/** Turns requests into calls of the core, none of which keeps a buffer of the network. */
final class Commands {
    /** Ids and LAC, which every storable entry begins with (entry format, section 1). */
    private static final int ENTRY_PREFIX_BYTES = 24;

    private static final int IDS_BYTES = 16;
    private static final int LAC_OFFSET = 16;

    /** Ledger id and LAC, which every explicit LAC begins with (wire protocol, section 6.5). */
    private static final int EXPLICIT_LAC_PREFIX_BYTES = 16;

    private Commands() {}

    /** A call of the core, and the ledger whose shard must make it. */
    record Command(long ledgerId, BiConsumer<BookieCore<EntryBytes, Ticket>, Ticket> call) {}

    static RequestTicket ticketOf(BookieRequest request, BookieMetrics metrics, Consumer<BookieResponse> reply) {
        RequestKind kind = kindOf(request);
        // An answer without a message of its own copies the request's header whole (wire protocol, section 6.10).
        FrameHeader header =
                kind == RequestKind.OTHER ? request.header() : request.header().forAnswer();
        if (request instanceof BookieRequest.Add add) {
            return new RequestTicket(
                    kind, header, add.ledgerId(), add.entryId(), add.body().readableBytes(), metrics, reply);
        }
        if (request instanceof BookieRequest.Read read) {
            return new RequestTicket(kind, header, read.ledgerId(), read.entryId(), 0, metrics, reply);
        }
        if (request instanceof BookieRequest.BatchRead batch) {
            return new RequestTicket(kind, header, batch.ledgerId(), batch.startEntryId(), 0, metrics, reply);
        }
        return new RequestTicket(kind, header, ledgerOfRest(request), -1, 0, metrics, reply);
    }

    static RequestKind kindOf(BookieRequest request) {
        if (request instanceof BookieRequest.Add add) {
            return add.recovery() ? RequestKind.RECOVERY_ADD : RequestKind.ADD;
        }
        if (request instanceof BookieRequest.Read read) {
            RequestKind kind = read.longPoll().isPresent() ? RequestKind.TAIL_READ : RequestKind.READ;
            return read.fence() ? RequestKind.FENCING_READ : kind;
        }
        if (request instanceof BookieRequest.BatchRead) {
            return RequestKind.BATCH_READ;
        }
        if (request instanceof BookieRequest.WriteLac) {
            return RequestKind.WRITE_LAC;
        }
        if (request instanceof BookieRequest.ReadLac) {
            return RequestKind.READ_LAC;
        }
        if (request instanceof BookieRequest.Force) {
            return RequestKind.FORCE;
        }
        if (request instanceof BookieRequest.EntryList) {
            return RequestKind.ENTRY_LIST;
        }
        return request instanceof BookieRequest.BookieInfo ? RequestKind.BOOKIE_INFO : RequestKind.OTHER;
    }

    private static long ledgerOfRest(BookieRequest request) {
        if (request instanceof BookieRequest.WriteLac write) {
            return write.ledgerId();
        }
        if (request instanceof BookieRequest.ReadLac read) {
            return read.ledgerId();
        }
        if (request instanceof BookieRequest.Force force) {
            return force.ledgerId();
        }
        return request instanceof BookieRequest.EntryList list ? list.ledgerId() : -1;
    }

    /** @throws IllegalArgumentException if the request is none that a core executes, or an add, which needs its memory first */
    static Command of(BookieRequest request, long maxBatchBytes) {
        if (request instanceof BookieRequest.Read read) {
            return read(read);
        }
        if (request instanceof BookieRequest.BatchRead batch) {
            return batchRead(batch, maxBatchBytes);
        }
        if (request instanceof BookieRequest.WriteLac write) {
            return writeLac(write);
        }
        if (request instanceof BookieRequest.ReadLac read) {
            return new Command(read.ledgerId(), (core, ticket) -> core.onReadLac(read.ledgerId(), ticket));
        }
        if (request instanceof BookieRequest.Force force) {
            return new Command(force.ledgerId(), (core, ticket) -> core.onForce(force.ledgerId(), ticket));
        }
        if (request instanceof BookieRequest.EntryList list) {
            return new Command(list.ledgerId(), (core, ticket) -> core.onEntryList(list.ledgerId(), ticket));
        }
        throw new IllegalArgumentException("no ledger is concerned by " + request.header());
    }

    /** @param body what the request's was; goes over to the command */
    static AddCommand<EntryBytes> add(BookieRequest.Add add, EntryBytes body) {
        // A body too short for its ids is judged under the ids of the request.
        boolean hasIds = body.length() >= IDS_BYTES;
        boolean wellFormed = body.length() >= ENTRY_PREFIX_BYTES;
        return new AddCommand<>(
                hasIds ? body.getLong(0) : add.ledgerId(),
                hasIds ? body.getLong(Long.BYTES) : add.entryId(),
                wellFormed ? body.getLong(LAC_OFFSET) : -1,
                add.masterKey(),
                body,
                wellFormed,
                add.recovery(),
                add.isDeferredSync(),
                add.header().isHighPriority());
    }

    private static Command read(BookieRequest.Read read) {
        ReadCommand command = new ReadCommand(
                read.ledgerId(),
                read.entryId(),
                read.fence(),
                read.masterKey(),
                read.longPoll()
                        .map(poll -> new ReadCommand.Poll(poll.previousLac(), poll.timeoutMillis(), poll.piggyback())),
                read.fence() || read.header().isHighPriority());
        return new Command(read.ledgerId(), (core, ticket) -> core.onRead(command, ticket));
    }

    private static Command batchRead(BookieRequest.BatchRead batch, long maxBatchBytes) {
        BatchCommand command = new BatchCommand(
                batch.ledgerId(),
                batch.startEntryId(),
                batch.maxCount(),
                Math.min(batch.maxSizeBytes(), maxBatchBytes),
                batch.fence(),
                batch.masterKey(),
                batch.header().isHighPriority());
        return new Command(batch.ledgerId(), (core, ticket) -> core.onBatchRead(command, ticket));
    }

    private static Command writeLac(BookieRequest.WriteLac write) {
        byte[] bytes = ByteBufUtil.getBytes(write.body());
        boolean wellFormed = bytes.length >= EXPLICIT_LAC_PREFIX_BYTES;
        long lac = wellFormed ? ByteBuffer.wrap(bytes).getLong(Long.BYTES) : -1;
        return new Command(
                write.ledgerId(),
                (core, ticket) -> core.onWriteLac(write.ledgerId(), lac, write.masterKey(), bytes, wellFormed, ticket));
    }

    static void release(BookieRequest request) {
        if (request instanceof BookieRequest.Add add) {
            add.body().release();
        } else if (request instanceof BookieRequest.WriteLac write) {
            write.body().release();
        }
    }
}
