package dev.daybook.simulator.meta;

import dev.daybook.protocol.model.LedgerMetadata;
import dev.daybook.simulator.world.Actor;

/** Sees every change of a record that a client asks for, whether or not it will be stored. */
public interface ProposalWatch {
    void onProposed(Actor client, LedgerMetadata stored, LedgerMetadata next);
}
