package dev.daybook.core.read;

import dev.daybook.core.effect.Effect;
import dev.daybook.core.quorum.Answer;

/** A wait for one entry has ended. */
public record CompleteTail<P>(long entryId, Outcome<P> outcome) implements Effect<TailTraffic<P>> {
    /** How. */
    public sealed interface Outcome<P> {
        /** Here it is, confirmed. The receiver owns the payload. */
        record Arrived<P>(VerifiedEntry<P> entry, long lastAddConfirmed) implements Outcome<P> {}

        /** The entry is confirmed; read it in the normal way. */
        record Confirmed<P>(long lastAddConfirmed) implements Outcome<P> {}

        /** Not confirmed within the time. */
        record NotYet<P>(long lastAddConfirmed) implements Outcome<P> {}

        /** The ledger is closed and the entry lies behind its end. */
        record EndOfLedger<P>(long lastEntryId) implements Outcome<P> {}

        record Failed<P>(Answer.Reason reason) implements Outcome<P> {}

        /** Every bookie said that it knows nothing of this ledger or entry. */
        record Absent<P>() implements Outcome<P> {}
    }

    @Override
    public void dispatch(TailTraffic<P> handler) {
        handler.completeTail(this);
    }
}
