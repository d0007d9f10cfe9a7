package dev.daybook.client.loop;

import dev.daybook.client.net.AddCall;
import dev.daybook.client.net.CallFailure;
import dev.daybook.core.write.AddReply;
import dev.daybook.core.write.SendAdd;
import dev.daybook.protocol.model.Status;
import java.time.Duration;

/** An entry on its way to one bookie, in the words of the cores. */
final class EntryCall extends AddCall {
    private final SendAdd<OutgoingEntry> sent;
    private final BookieAnswers answers;
    private final AddReplies replies;

    /** @param sent whose entry is framed */
    EntryCall(SendAdd<OutgoingEntry> sent, Duration timeout, BookieAnswers answers, AddReplies replies) {
        super(
                sent.payload().header(),
                answers.ledgerId(),
                sent.entryId(),
                sent.payload().frameForSending(),
                timeout);
        this.sent = sent;
        this.answers = answers;
        this.replies = replies;
    }

    @Override
    protected void answered(Status status) {
        pass(answers.toAdd(sent.bookie(), status));
    }

    @Override
    protected void failed(CallFailure failure) {
        pass(answers.toAdd(sent.bookie(), failure));
    }

    /** The entry is told first that it is not waited for any more. */
    private void pass(AddReply reply) {
        sent.payload().answered();
        replies.onAddReply(sent, reply);
    }
}
