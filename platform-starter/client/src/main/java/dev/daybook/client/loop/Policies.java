package dev.daybook.client.loop;

import dev.daybook.client.PlacementConfig;
import dev.daybook.client.PlacementConfig.Spread;
import dev.daybook.core.health.HealthLimits;
import dev.daybook.core.place.FlatPlacement;
import dev.daybook.core.place.NetworkLocation;
import dev.daybook.core.place.PlacementPolicy;
import dev.daybook.core.place.Placements;
import java.util.Optional;

/** Turns settings into the values of the cores. */
final class Policies {
    private Policies() {}

    static PlacementPolicy of(PlacementConfig config) {
        Optional<NetworkLocation> here = config.topology().here().map(NetworkLocation::parse);
        Spread spread = config.spread();
        return switch (spread.policy()) {
            case ANY -> new FlatPlacement();
            case RACKS -> Placements.rackAware(spread.minimum(), spread.strict(), here);
            case REGIONS -> Placements.regionAware(spread.regions(), spread.minimum(), spread.strict(), here);
            case ZONES -> Placements.zoneAware(spread.minimum(), spread.desiredZones(), spread.strict());
        };
    }

    static HealthLimits health(PlacementConfig config) {
        return HealthLimits.DEFAULT.withQuarantine(
                config.quarantine().first().toNanos(), config.quarantine().failures());
    }

    /** The reader's own region, if regions matter. */
    static Optional<String> region(PlacementConfig config) {
        return config.spread().policy() == PlacementConfig.Policy.REGIONS
                ? config.topology()
                        .here()
                        .map(here -> NetworkLocation.parse(here).top())
                : Optional.empty();
    }
}
