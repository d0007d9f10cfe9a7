package dev.daybook.core.recover;

import dev.daybook.core.effect.Effect;
import dev.daybook.protocol.model.LedgerMetadata;
import dev.daybook.protocol.model.Versioned;

/** A recovery has ended. */
public record CompleteRecovery(Outcome outcome) implements Effect<RecoveryTraffic<?>> {
    /** How. */
    public sealed interface Outcome {
        /** The record says closed: by this recovery, by another client, or from the start. */
        record Closed(Versioned<LedgerMetadata> record) implements Outcome {}

        /** The ledger stays in recovery; the next one starts from the beginning and loses nothing. */
        record Failed(RecoveryFailure failure) implements Outcome {}
    }

    @Override
    public void dispatch(RecoveryTraffic<?> handler) {
        handler.completeRecovery(this);
    }
}
