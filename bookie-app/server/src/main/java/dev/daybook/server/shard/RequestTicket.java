package dev.daybook.server.shard;

import dev.daybook.engine.request.Answer;
import dev.daybook.metrics.RequestKind;
import dev.daybook.protocol.model.Status;
import dev.daybook.protocol.wire.BookieResponse;
import dev.daybook.protocol.wire.FrameHeader;
import java.util.function.Consumer;

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
    @Override
    public void answer(Answer<byte[]> answer) {
        respond.accept(Answers.response(this, answer));
    }

    void refuse(Status status) {
        respond.accept(Answers.refusal(this, status));
    }
}
