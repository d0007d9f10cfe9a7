package dev.daybook.core.write;

import dev.daybook.core.effect.Effect;
import dev.daybook.protocol.model.LedgerMetadata;
import dev.daybook.protocol.model.Versioned;

/** The handle is finished. */
public record CompleteClose(Outcome outcome) implements Effect<WriterTraffic<?>> {
    /** How. */
    public sealed interface Outcome {
        /** The record says closed, with exactly the end of this writer. */
        record Closed(Versioned<LedgerMetadata> record) implements Outcome {}

        /** The ledger stays as it is; opening with recovery closes it. */
        record Failed(WriteFailure failure) implements Outcome {}
    }

    @Override
    public void dispatch(WriterTraffic<?> handler) {
        handler.completeClose(this);
    }
}
