package dev.daybook.server.shard;

import dev.daybook.engine.request.Answer;
import dev.daybook.metrics.BookieMetrics;
import dev.daybook.metrics.RequestKind;
import dev.daybook.metrics.RequestStatus;
import dev.daybook.protocol.model.Status;
import dev.daybook.protocol.wire.BookieResponse;
import dev.daybook.protocol.wire.FrameHeader;
import dev.daybook.storage.memtable.EntryBytes;
import java.util.Arrays;
import java.util.List;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What an answer takes over from its request, and the way back to who asked. */
final class RequestTicket implements Ticket {
    private static final Logger LOG = LoggerFactory.getLogger(RequestTicket.class);

    /** By the ordinal of the wire's status, which never leaves this class. */
    private static final List<RequestStatus> STATUSES = Arrays.stream(Status.values())
            .map(status -> RequestStatus.valueOf(status.name()))
            .toList();

    private final RequestKind kind;
    private final FrameHeader header;
    private final long ledgerId;
    private final long entryId;
    private final long requestBytes;
    private final BookieMetrics metrics;
    private final Consumer<BookieResponse> reply;
    private final long startNanos = System.nanoTime();

    /**
     * @param header of the answer
     * @param entryId as requested, echoed
     * @param requestBytes of the entry that the request carries
     */
    RequestTicket(
            RequestKind kind,
            FrameHeader header,
            long ledgerId,
            long entryId,
            long requestBytes,
            BookieMetrics metrics,
            Consumer<BookieResponse> reply) {
        this.kind = kind;
        this.header = header;
        this.ledgerId = ledgerId;
        this.entryId = entryId;
        this.requestBytes = requestBytes;
        this.metrics = metrics;
        this.reply = reply;
    }

    RequestKind kind() {
        return kind;
    }

    FrameHeader header() {
        return header;
    }

    long ledgerId() {
        return ledgerId;
    }

    long entryId() {
        return entryId;
    }

    @Override
    public void answer(Answer<EntryBytes> answer) {
        respond(Answers.response(this, answer));
    }

    void refuse(Status status) {
        respond(Answers.refusal(this, status));
    }

    @SuppressWarnings("EnumOrdinal") // The index never leaves this class.
    void respond(BookieResponse response) {
        metrics.requestCompleted(
                kind,
                STATUSES.get(response.status().ordinal()),
                System.nanoTime() - startNanos,
                requestBytes + Answers.entryBytesOf(response));
        try {
            reply.accept(response);
        } catch (RuntimeException e) {
            // The connection's trouble must not become the shard's.
            LOG.warn("An answer to {} could not be handed over: {}", kind, e.toString());
        }
    }
}
