package dev.daybook.simulator.client;

import dev.daybook.core.place.ClusterSnapshot;
import dev.daybook.core.place.FlatPlacement;
import dev.daybook.core.place.PlacementPolicy;
import dev.daybook.simulator.check.Truth;
import dev.daybook.simulator.meta.MetadataService;
import dev.daybook.simulator.net.Network;
import dev.daybook.simulator.world.World;
import dev.daybook.verification.history.History;

/**
 * What every client of a run has around it.
 *
 * @param timeoutTicks until a request to a bookie counts as failed
 */
public record Surroundings(
        World world, Network network, MetadataService metadata, Truth truth, History history, long timeoutTicks) {

    public Surroundings withTimeout(long ticks) {
        return new Surroundings(world, network, metadata, truth, history, ticks);
    }

    PlacementPolicy placement() {
        return new FlatPlacement();
    }

    /** The bookies as they are now. */
    ClusterSnapshot cluster() {
        return new ClusterSnapshot(metadata.bookies());
    }
}
