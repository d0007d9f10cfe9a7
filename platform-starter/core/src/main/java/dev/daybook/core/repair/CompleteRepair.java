package dev.daybook.core.repair;

import dev.daybook.core.effect.Effect;
import dev.daybook.protocol.model.LedgerMetadata;
import dev.daybook.protocol.model.Versioned;
import java.util.List;

/** A {@link LedgerRepair} has ended; nothing of it is under way any more. */
public record CompleteRepair(Outcome outcome, RepairTally tally) implements Effect<RepairTraffic<?>> {
    /** How. */
    public sealed interface Outcome {
        /** Nothing is missing, as far as its scope goes. */
        record Whole(Versioned<LedgerMetadata> record) implements Outcome {}

        /** Some copies are missing still. What could be repaired has been. */
        record Stalled(List<Stall> stalls) implements Outcome {
            public Stalled {
                stalls = List.copyOf(stalls);
            }
        }

        /** The ledger was deleted. */
        record Gone() implements Outcome {}
    }

    @Override
    public void dispatch(RepairTraffic<?> handler) {
        handler.completeRepair(this);
    }
}
