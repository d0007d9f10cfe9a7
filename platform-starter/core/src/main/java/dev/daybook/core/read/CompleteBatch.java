package dev.daybook.core.read;

import dev.daybook.core.effect.Effect;
import dev.daybook.core.quorum.Answer;
import dev.daybook.protocol.model.BookieId;
import java.util.List;

/**
 * A batch read has ended.
 *
 * @param slow bookies that were asked before the one that answered and had not answered by then
 * @param defects copies that were seen to be bad on the way
 */
public record CompleteBatch<P>(long firstEntryId, Outcome<P> outcome, List<BookieId> slow, List<Defect> defects)
        implements Effect<BatchTraffic<P>> {
    public CompleteBatch {
        slow = List.copyOf(slow);
        defects = List.copyOf(defects);
    }

    /** How. */
    public sealed interface Outcome<P> {
        /** Never empty, without gaps from the first entry on. The receiver owns the payloads. */
        record Found<P>(List<VerifiedEntry<P>> entries, BookieId bookie) implements Outcome<P> {
            public Found {
                entries = List.copyOf(entries);
            }
        }

        /** Every replica said explicitly that it does not have the first entry. */
        record Absent<P>() implements Outcome<P> {}

        /** No replica supplied it, and at least one could not say whether it has it. */
        record Failed<P>(Answer.Reason reason) implements Outcome<P> {}
    }

    @Override
    public void dispatch(BatchTraffic<P> handler) {
        handler.completeBatch(this);
    }
}
