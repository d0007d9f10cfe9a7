package dev.daybook.client;

import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** How bookies are chosen for new ledgers and in place of failed ones. */
public record PlacementConfig(Spread spread, Topology topology, Weights weights, Quarantine quarantine) {
    /** What a placement keeps apart. */
    public enum Policy {
        /** Nothing: every bookie is as good as every other. */
        ANY,
        RACKS,
        REGIONS,
        ZONES
    }

    /**
     * How far apart the copies of an entry are kept.
     *
     * @param strict whether to fail with {@code NOT_ENOUGH_BOOKIES} what the policy cannot place; otherwise the best there
     *     is gets chosen
     * @param minimum racks, regions or zones that every write set must span
     * @param desiredZones that every write set shall span where there are so many; for {@link Policy#ZONES}
     * @param regions to write to; with these no {@code minimum - 1} of them ever hold an ack quorum of an entry. Empty
     *     for all; for {@link Policy#REGIONS}
     */
    public record Spread(Policy policy, boolean strict, int minimum, int desiredZones, Set<String> regions) {
        private static final int DESIRED_ZONES = 3;

        public Spread {
            regions = Set.copyOf(regions);
            if (minimum < 1) {
                throw new IllegalArgumentException("placement.minimum must be positive, was " + minimum);
            }
            if (desiredZones < minimum) {
                throw new IllegalArgumentException("placement.desiredZones must be at least placement.minimum ("
                        + minimum + "), was " + desiredZones);
            }
        }

        /** The best there is, over all regions. */
        public static Spread over(Policy policy, int minimum) {
            return new Spread(policy, false, minimum, Math.max(minimum, DESIRED_ZONES), Set.of());
        }

        /** The same, or nothing. */
        public Spread strictly() {
            return new Spread(policy, true, minimum, desiredZones, regions);
        }
    }

    /**
     * Where client and bookies stand, as paths such as {@code /rack1} or {@code /region1/rack1}.
     *
     * @param here where this client stands; its rack or region comes first
     * @param locations by bookie id; adds to and overrides what the metadata service says
     */
    public record Topology(Optional<String> here, Map<String, String> locations) {
        public Topology {
            locations = Map.copyOf(locations);
        }

        /** Of a client that does not know where it stands itself. */
        public static Topology of(Map<String, String> locations) {
            return new Topology(Optional.empty(), locations);
        }
    }

    /**
     * Whether free space matters.
     *
     * @param used whether bookies with more free space are chosen more often
     * @param interval between two questions for the free space
     */
    public record Weights(boolean used, Duration interval) {
        public Weights {
            if (interval.isNegative() || interval.isZero()) {
                throw new IllegalArgumentException("placement.weightsInterval must be positive, was " + interval);
            }
        }
    }

    /**
     * When a bookie is avoided because it failed.
     *
     * @param first how long the first time; zero: not at all
     * @param failures requests in a row after which a bookie that can be reached is avoided; one that cannot be reached is
     *     avoided at once
     */
    public record Quarantine(Duration first, int failures) {
        public Quarantine {
            if (first.isNegative()) {
                throw new IllegalArgumentException("placement.quarantine must not be negative, was " + first);
            }
            if (failures < 1) {
                throw new IllegalArgumentException("placement.quarantineFailures must be positive, was " + failures);
            }
        }
    }

    /** Two racks where they are known, and whatever there is otherwise. */
    public static final PlacementConfig DEFAULT = new PlacementConfig(
            Spread.over(Policy.RACKS, 2),
            Topology.of(Map.of()),
            new Weights(false, Duration.ofMinutes(5)),
            new Quarantine(Duration.ofSeconds(60), 3));

    public PlacementConfig withSpread(Spread newSpread) {
        return new PlacementConfig(newSpread, topology, weights, quarantine);
    }

    public PlacementConfig withTopology(Topology newTopology) {
        return new PlacementConfig(spread, newTopology, weights, quarantine);
    }

    public PlacementConfig withWeights(Weights newWeights) {
        return new PlacementConfig(spread, topology, newWeights, quarantine);
    }

    public PlacementConfig withQuarantine(Quarantine newQuarantine) {
        return new PlacementConfig(spread, topology, weights, newQuarantine);
    }
}
