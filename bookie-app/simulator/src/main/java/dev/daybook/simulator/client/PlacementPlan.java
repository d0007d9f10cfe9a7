package dev.daybook.simulator.client;

import dev.daybook.core.effect.Dice;
import dev.daybook.core.place.ClusterSnapshot;
import dev.daybook.core.place.FlatPlacement;
import dev.daybook.core.place.NetworkLocation;
import dev.daybook.core.place.Placement;
import dev.daybook.core.place.PlacementPolicy;
import dev.daybook.core.place.Placements;
import dev.daybook.protocol.model.BookieId;
import dev.daybook.protocol.model.Quorum;
import dev.daybook.simulator.check.SpreadRule;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Where the bookies of a run stand, and what its clients make of it.
 *
 * @param minimum of racks, regions or zones for a write set
 * @param here where all clients stand; empty if they do not know
 */
public record PlacementPlan(
        Kind kind,
        int minimum,
        boolean strict,
        Map<BookieId, NetworkLocation> locations,
        Optional<NetworkLocation> here) {
    /** The policies of the client. */
    public enum Kind {
        ANY,
        RACKS,
        REGIONS,
        ZONES
    }

    /** Strict only where all bookies together can hold every ledger. */
    static PlacementPlan draw(Dice dice, List<BookieId> bookies, Collection<Quorum> quorums) {
        Kind kind = dice.pick(List.of(Kind.ANY, Kind.RACKS, Kind.RACKS, Kind.REGIONS, Kind.ZONES));
        int minimum = dice.pick(List.of(2, 2, 3));
        int places = minimum + dice.below(3);
        Map<BookieId, NetworkLocation> locations = new HashMap<>();
        for (int i = 0; i < bookies.size(); i++) {
            String below = kind == Kind.RACKS ? "" : "/below" + i / places % 2;
            locations.put(bookies.get(i), NetworkLocation.parse("/place" + i % places + below));
        }
        Optional<NetworkLocation> here =
                Optional.ofNullable(locations.get(dice.pick(bookies))).filter(location -> dice.chance(50));
        PlacementPlan strict = new PlacementPlan(kind, minimum, true, locations, here);
        boolean wanted = kind != Kind.ANY && dice.chance(50);
        return wanted && strict.suffices(bookies, quorums)
                ? strict
                : new PlacementPlan(kind, minimum, false, locations, here);
    }

    private boolean suffices(List<BookieId> bookies, Collection<Quorum> quorums) {
        ClusterSnapshot all = new ClusterSnapshot(bookies).withLocations(locations);
        return quorums.stream()
                .allMatch(
                        quorum -> policy().newEnsemble(all, quorum, Set.of(), new Dice(1)) instanceof Placement.Chosen);
    }

    PlacementPolicy policy() {
        return switch (kind) {
            case ANY -> new FlatPlacement();
            case RACKS -> Placements.rackAware(minimum, strict, here);
            case REGIONS -> Placements.regionAware(Set.of(), minimum, strict, here);
            case ZONES -> Placements.zoneAware(minimum, minimum + 1, strict);
        };
    }

    /** Of a reader to whom regions matter. */
    Optional<String> region() {
        return kind == Kind.REGIONS ? here.map(NetworkLocation::top) : Optional.empty();
    }

    /** What has to be true of every ensemble. */
    public SpreadRule promise() {
        if (!strict) {
            return SpreadRule.none();
        }
        Map<BookieId, String> places = new HashMap<>();
        locations.forEach((bookie, location) -> places.put(bookie, location.top()));
        return new SpreadRule(places, minimum);
    }
}
