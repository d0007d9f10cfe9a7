package dev.daybook.simulator.client;

import dev.daybook.core.place.PlacementPolicy;
import dev.daybook.simulator.check.Truth;
import dev.daybook.simulator.meta.MetadataService;
import dev.daybook.simulator.net.Network;
import dev.daybook.simulator.world.World;
import dev.daybook.verification.history.History;

/**
 * What every client of a run has around it.
 *
 * @param mix how all clients are set up
 * @param timeoutTicks until a request to a bookie counts as failed
 */
public record Surroundings(
        World world,
        Network network,
        MetadataService metadata,
        Truth truth,
        History history,
        ClientMix mix,
        long timeoutTicks) {

    public Surroundings withTimeout(long ticks) {
        return new Surroundings(world, network, metadata, truth, history, mix, ticks);
    }

    /** Its choices are judged. */
    PlacementPolicy placement() {
        return new WatchedPlacement(world, mix.placement());
    }
}
