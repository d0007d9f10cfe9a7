package dev.daybook.core.write;

import dev.daybook.core.effect.Effect;

/** An append has ended. */
public record CompleteAdd(long entryId, Outcome outcome) implements Effect<WriterTraffic<?>> {
    /** How. */
    public sealed interface Outcome {
        /** An ack quorum has it on disk and every lower entry is acknowledged. */
        record Acknowledged() implements Outcome {}

        /** Undetermined: the entry may or may not turn out to be in the ledger. */
        record Failed(WriteFailure failure) implements Outcome {}
    }

    @Override
    public void dispatch(WriterTraffic<?> handler) {
        handler.completeAdd(this);
    }
}
