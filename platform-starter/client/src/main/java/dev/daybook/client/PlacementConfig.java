package dev.daybook.client;

import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * How bookies are chosen for new ledgers and in place of failed ones.
 *
 * @param policy what to keep apart
 * @param strict whether to fail with {@code NOT_ENOUGH_BOOKIES} what the policy cannot place; otherwise the best there
 *     is gets chosen
 * @param minimum racks, regions or zones that every write set must span
 * @param desiredZones that every write set shall span where there are so many; for {@link Policy#ZONES}
 * @param regions to write to; with these no {@code minimum - 1} of them ever hold an ack quorum of an entry. Empty for
 *     all; for {@link Policy#REGIONS}
 * @param here where this client stands, such as {@code /rack1} or {@code /region1/rack1}; its rack or region comes first
 * @param locations where bookies stand, by bookie id; adds to and overrides what the metadata service says
 * @param weighted whether bookies with more free space are chosen more often
 * @param weightsInterval between two questions for the free space
 * @param quarantine how long a bookie that failed is avoided the first time; zero: not at all
 * @param quarantineFailures failed requests in a row after which a bookie that can be reached is avoided; one that
 *     cannot be reached is avoided at once
 */
public record PlacementConfig(
        Policy policy,
        boolean strict,
        int minimum,
        int desiredZones,
        Set<String> regions,
        Optional<String> here,
        Map<String, String> locations,
        boolean weighted,
        Duration weightsInterval,
        Duration quarantine,
        int quarantineFailures) {
    /** What a placement keeps apart. */
    public enum Policy {
        /** Nothing: every bookie is as good as every other. */
        ANY,
        RACKS,
        REGIONS,
        ZONES
    }

    /** Two racks where they are known, and whatever there is otherwise. */
    public static final PlacementConfig DEFAULT = new PlacementConfig(
            Policy.RACKS,
            false,
            2,
            3,
            Set.of(),
            Optional.empty(),
            Map.of(),
            false,
            Duration.ofMinutes(5),
            Duration.ofSeconds(60),
            3);

    public PlacementConfig {
        regions = Set.copyOf(regions);
        locations = Map.copyOf(locations);
        if (minimum < 1) {
            throw new IllegalArgumentException("placement.minimum must be positive, was " + minimum);
        }
        if (desiredZones < minimum) {
            throw new IllegalArgumentException(
                    "placement.desiredZones must be at least placement.minimum (" + minimum + "), was " + desiredZones);
        }
        if (weightsInterval.isNegative() || weightsInterval.isZero()) {
            throw new IllegalArgumentException("placement.weightsInterval must be positive, was " + weightsInterval);
        }
        if (quarantine.isNegative()) {
            throw new IllegalArgumentException("placement.quarantine must not be negative, was " + quarantine);
        }
        if (quarantineFailures < 1) {
            throw new IllegalArgumentException(
                    "placement.quarantineFailures must be positive, was " + quarantineFailures);
        }
    }

    /** @param newMinimum racks, regions or zones of every write set */
    public PlacementConfig withPolicy(Policy newPolicy, int newMinimum, boolean newStrict) {
        return new PlacementConfig(
                newPolicy,
                newStrict,
                newMinimum,
                Math.max(newMinimum, desiredZones),
                regions,
                here,
                locations,
                weighted,
                weightsInterval,
                quarantine,
                quarantineFailures);
    }

    public PlacementConfig withRegions(Set<String> newRegions) {
        return new PlacementConfig(
                policy,
                strict,
                minimum,
                desiredZones,
                newRegions,
                here,
                locations,
                weighted,
                weightsInterval,
                quarantine,
                quarantineFailures);
    }

    public PlacementConfig withLocations(Optional<String> newHere, Map<String, String> newLocations) {
        return new PlacementConfig(
                policy,
                strict,
                minimum,
                desiredZones,
                regions,
                newHere,
                newLocations,
                weighted,
                weightsInterval,
                quarantine,
                quarantineFailures);
    }

    public PlacementConfig withWeights(boolean newWeighted, Duration newInterval) {
        return new PlacementConfig(
                policy,
                strict,
                minimum,
                desiredZones,
                regions,
                here,
                locations,
                newWeighted,
                newInterval,
                quarantine,
                quarantineFailures);
    }

    public PlacementConfig withQuarantine(Duration newQuarantine, int newFailures) {
        return new PlacementConfig(
                policy,
                strict,
                minimum,
                desiredZones,
                regions,
                here,
                locations,
                weighted,
                weightsInterval,
                newQuarantine,
                newFailures);
    }
}
