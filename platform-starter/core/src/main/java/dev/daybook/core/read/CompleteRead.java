package dev.daybook.core.read;

import dev.daybook.core.effect.Effect;
import dev.daybook.core.quorum.Answer;
import dev.daybook.protocol.model.BookieId;
import java.util.List;

/**
 * The reading of one entry has ended.
 *
 * @param slow bookies that were asked before the one that answered and had not answered by then
 * @param defects copies that were seen to be bad on the way
 */
public record CompleteRead<P>(long entryId, Outcome<P> outcome, List<BookieId> slow, List<Defect> defects)
        implements Effect<EntryTraffic<P>> {
    public CompleteRead {
        slow = List.copyOf(slow);
        defects = List.copyOf(defects);
    }

    /** How. */
    public sealed interface Outcome<P> {
        /** The receiver owns the payload. */
        record Found<P>(VerifiedEntry<P> entry, BookieId bookie) implements Outcome<P> {}

        /** Every replica said explicitly that it does not have the entry. */
        record Absent<P>() implements Outcome<P> {}

        /** No replica supplied it, and at least one could not say whether it has it. */
        record Failed<P>(Answer.Reason reason) implements Outcome<P> {}
    }

    @Override
    public void dispatch(EntryTraffic<P> handler) {
        handler.completeRead(this);
    }
}
