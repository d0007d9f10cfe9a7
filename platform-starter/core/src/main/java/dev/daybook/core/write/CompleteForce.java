package dev.daybook.core.write;

import dev.daybook.core.effect.Effect;

/** A {@link LedgerWriter#force} has ended. */
public record CompleteForce(long forceId, Outcome outcome) implements Effect<WriterTraffic<?>> {
    /** How. */
    public sealed interface Outcome {
        /** Every entry up to this one is on disk; at least what was acknowledged when the force began. */
        record Forced(long lastAddConfirmed) implements Outcome {}

        /** The last-add-confirmed stays. The handle goes on unless {@link LedgerWriter#failure} says otherwise. */
        record Failed(WriteFailure failure) implements Outcome {}
    }

    @Override
    public void dispatch(WriterTraffic<?> handler) {
        handler.completeForce(this);
    }
}
