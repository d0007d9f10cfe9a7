package dev.daybook.core.place;

import java.util.Optional;
import java.util.Set;

/** Makes the policies. */
public final class Placements {
    private Placements() {}

    /**
     * Every write set on at least {@code minRacks} racks.
     *
     * @param strict whether to refuse what cannot be met, and bookies whose rack is unknown
     * @param here the client's own rack; the first bookie comes from it
     */
    public static PlacementPolicy rackAware(int minRacks, boolean strict, Optional<NetworkLocation> here) {
        return new SpreadPlacement(new Racks(minRacks, strict, here));
    }

    /**
     * Ensembles balanced over regions. With named regions no {@code minRegions - 1} of them ever hold an ack quorum of an
     * entry, so that their loss loses none.
     *
     * @param regions empty for all there are
     */
    public static PlacementPolicy regionAware(
            Set<String> regions, int minRegions, boolean strict, Optional<NetworkLocation> here) {
        return new SpreadPlacement(new Regions(regions, minRegions, strict, here));
    }

    /** Every write set over {@code desiredZones} zones, or {@code minZones} if there are no more. */
    public static PlacementPolicy zoneAware(int minZones, int desiredZones, boolean strict) {
        return new SpreadPlacement(new Zones(minZones, desiredZones, strict));
    }
}
