package dev.daybook.server.shard;

import dev.daybook.engine.request.Answer;
import dev.daybook.metrics.RequestKind;
import dev.daybook.protocol.model.Status;
import dev.daybook.protocol.wire.BookieResponse;
import dev.daybook.protocol.wire.FrameHeader;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What an answer takes over from its request.
 *
 * @param header of the answer
 * @param entryId as requested, echoed
 * @param respond sends the response
 */
record RequestTicket(
        RequestKind kind, FrameHeader header, long ledgerId, long entryId, Consumer<BookieResponse> respond)
        implements Ticket {
    private static final Logger LOG = LoggerFactory.getLogger(RequestTicket.class);

    @Override
    public void answer(Answer<byte[]> answer) {
        try {
            respond.accept(Answers.response(this, answer));
        } catch (RuntimeException e) {
            // The connection's trouble must not become the shard's.
            LOG.warn("An answer to {} could not be handed over: {}", kind, e.toString());
        }
    }

    void refuse(Status status) {
        respond.accept(Answers.refusal(this, status));
    }
}
