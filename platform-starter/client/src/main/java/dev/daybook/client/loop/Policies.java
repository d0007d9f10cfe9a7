package dev.daybook.client.loop;

import dev.daybook.client.PlacementConfig;
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
        Optional<NetworkLocation> here = config.here().map(NetworkLocation::parse);
        return switch (config.policy()) {
            case ANY -> new FlatPlacement();
            case RACKS -> Placements.rackAware(config.minimum(), config.strict(), here);
            case REGIONS -> Placements.regionAware(config.regions(), config.minimum(), config.strict(), here);
            case ZONES -> Placements.zoneAware(config.minimum(), config.desiredZones(), config.strict());
        };
    }

    static HealthLimits health(PlacementConfig config) {
        return HealthLimits.DEFAULT.withQuarantine(config.quarantine().toNanos(), config.quarantineFailures());
    }

    /** The reader's own region, if regions matter. */
    static Optional<String> region(PlacementConfig config) {
        return config.policy() == PlacementConfig.Policy.REGIONS
                ? config.here().map(here -> NetworkLocation.parse(here).top())
                : Optional.empty();
    }
}
