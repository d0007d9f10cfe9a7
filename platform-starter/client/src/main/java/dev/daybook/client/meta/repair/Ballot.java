package dev.daybook.client.meta.repair;

import dev.daybook.client.meta.MetadataStore.Subscription;
import dev.daybook.client.meta.repair.Election.Vote;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/** One candidate's part of an election in a service that keeps sessions. */
public interface Ballot {
    /**
     * How a candidate stands.
     *
     * @param before the place of the vote directly before one's own; empty for whoever has won
     */
    record Standing(Vote own, Optional<String> before) {}

    /** Makes sure that there is one vote of this session, and tells how it stands. */
    CompletableFuture<Standing> stand();

    /** Runs the listener, perhaps more than once, when there is no vote at the place any more. */
    Subscription watch(String place, Runnable gone);

    /** Takes back whatever vote of this session there is. */
    CompletableFuture<Void> withdraw();
}
