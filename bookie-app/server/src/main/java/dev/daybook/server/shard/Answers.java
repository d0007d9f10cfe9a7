package dev.daybook.server.shard;

import dev.daybook.engine.request.Answer;
import dev.daybook.protocol.model.Status;
import dev.daybook.protocol.wire.BookieRequest;
import dev.daybook.protocol.wire.BookieResponse;
import dev.daybook.protocol.wire.EntryAvailability;
import dev.daybook.storage.memtable.EntryBytes;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/** Turns the core's answers into responses. */
final class Answers {
    private Answers() {}

    static BookieResponse response(RequestTicket ticket, Answer<EntryBytes> answer) {
        if (answer instanceof Answer.Entry<EntryBytes> entry) {
            return new BookieResponse.Read(
                    ticket.header(),
                    statusOf(entry),
                    ticket.ledgerId(),
                    entry.entryId().orElse(ticket.entryId()),
                    entry.payload().map(Answers::buffer),
                    entry.maxLac(),
                    entry.lacUpdateMillis());
        }
        if (answer instanceof Answer.Batch<EntryBytes> batch) {
            List<ByteBuf> entries = new ArrayList<>(batch.payloads().size());
            batch.payloads().forEach(payload -> entries.add(buffer(payload)));
            return new BookieResponse.BatchRead(
                    ticket.header(), statusOf(batch), ticket.ledgerId(), ticket.entryId(), entries);
        }
        if (answer instanceof Answer.Lac<EntryBytes> lac) {
            return new BookieResponse.ReadLac(
                    ticket.header(),
                    statusOf(lac),
                    ticket.ledgerId(),
                    lac.explicitLac().map(Unpooled::wrappedBuffer),
                    lac.lastEntry().map(Answers::buffer));
        }
        if (answer instanceof Answer.EntryList<EntryBytes> list) {
            Optional<byte[]> availability = list.entryIds()
                    .map(ids -> EntryAvailability.encode(Arrays.stream(ids).iterator()));
            return new BookieResponse.EntryList(ticket.header(), statusOf(list), ticket.ledgerId(), availability);
        }
        return refusal(ticket, statusOf(answer));
    }

    /** What reads find lies on the heap, so an answer may wait as long as its reader likes. */
    private static ByteBuf buffer(EntryBytes body) {
        return Unpooled.wrappedBuffer(body.view());
    }

    static long entryBytesOf(BookieResponse response) {
        if (response instanceof BookieResponse.Read read) {
            return read.body().map(ByteBuf::readableBytes).orElse(0);
        }
        return response instanceof BookieResponse.BatchRead read
                ? read.entries().stream().mapToLong(ByteBuf::readableBytes).sum()
                : 0;
    }

    private static Status statusOf(Answer<EntryBytes> answer) {
        return Status.valueOf(answer.verdict().name());
    }

    static BookieResponse bookieInfo(BookieRequest.BookieInfo info, RequestTicket ticket, BookieDisks disks) {
        boolean wantsTotal = (info.requested() & BookieRequest.TOTAL_DISK_CAPACITY) != 0;
        boolean wantsFree = (info.requested() & BookieRequest.FREE_DISK_SPACE) != 0;
        try {
            return new BookieResponse.BookieInfo(
                    ticket.header(),
                    Status.OK,
                    wantsTotal ? OptionalLong.of(disks.totalBytes()) : OptionalLong.empty(),
                    wantsFree ? OptionalLong.of(disks.usableBytes()) : OptionalLong.empty());
        } catch (IOException e) {
            return refusal(ticket, Status.IO_ERROR);
        }
    }

    /** An answer that carries nothing but the status, in the layout of the request's kind. */
    static BookieResponse refusal(RequestTicket ticket, Status status) {
        return switch (ticket.kind()) {
            case ADD, RECOVERY_ADD ->
                new BookieResponse.Add(ticket.header(), status, ticket.ledgerId(), ticket.entryId());
            case READ, FENCING_READ, TAIL_READ ->
                new BookieResponse.Read(
                        ticket.header(),
                        status,
                        ticket.ledgerId(),
                        ticket.entryId(),
                        Optional.empty(),
                        OptionalLong.empty(),
                        OptionalLong.empty());
            case BATCH_READ ->
                new BookieResponse.BatchRead(ticket.header(), status, ticket.ledgerId(), ticket.entryId(), List.of());
            case READ_LAC ->
                new BookieResponse.ReadLac(
                        ticket.header(), status, ticket.ledgerId(), Optional.empty(), Optional.empty());
            case WRITE_LAC -> new BookieResponse.WriteLac(ticket.header(), status, ticket.ledgerId());
            case FORCE -> new BookieResponse.Force(ticket.header(), status, ticket.ledgerId());
            case ENTRY_LIST ->
                new BookieResponse.EntryList(ticket.header(), status, ticket.ledgerId(), Optional.empty());
            case BOOKIE_INFO ->
                new BookieResponse.BookieInfo(ticket.header(), status, OptionalLong.empty(), OptionalLong.empty());
            case AUTH, OTHER -> new BookieResponse.Bare(ticket.header(), status);
        };
    }
}
