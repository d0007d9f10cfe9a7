package dev.daybook.simulator.bookie;

import dev.daybook.engine.ledger.Doubt;
import dev.daybook.server.shard.Losses;

/** What a bookie has noted as lost. Outlives its processes until every ledger concerned is in limbo. */
final class FoundLosses implements Losses {
    private final boolean accepted;
    private Doubt doubt;

    /** @param accepted whether the operator has agreed to go on without what is missing */
    FoundLosses(Doubt doubt, boolean accepted) {
        this.doubt = doubt;
        this.accepted = accepted;
    }

    @Override
    public Doubt doubt() {
        return doubt;
    }

    @Override
    public boolean acceptsJournal(int index, String why) {
        if (accepted) {
            doubt = doubt.withLostJournal(index);
        }
        return accepted;
    }

    @Override
    public boolean acceptsStore(int index, String why) {
        if (accepted) {
            doubt = doubt.withLostStore(index);
        }
        return accepted;
    }
}
