package dev.daybook.core.place;

import static dev.daybook.core.Fixtures.bookies;
import static dev.daybook.core.Fixtures.quorum;
import static org.assertj.core.api.Assertions.assertThat;

import dev.daybook.core.effect.Dice;
import dev.daybook.protocol.model.BookieId;
import dev.daybook.protocol.model.Quorum;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.BiPredicate;
import java.util.function.Predicate;
import org.junit.jupiter.api.Test;

/** Compares what the policies choose with the definitions, over every small cluster. */
class SpreadPlacementTest {
    private static final List<BookieId> NAMES = bookies("b1 b2 b3 b4 b5");

    /** Every way to put five bookies into these locations. */
    private static List<ClusterSnapshot> clusters(List<String> locations) {
        List<ClusterSnapshot> all = new ArrayList<>();
        int ways = (int) Math.pow(locations.size(), NAMES.size());
        for (int way = 0; way < ways; way++) {
            Map<BookieId, NetworkLocation> where = new HashMap<>();
            int rest = way;
            for (BookieId bookie : NAMES) {
                where.put(bookie, NetworkLocation.parse(locations.get(rest % locations.size())));
                rest /= locations.size();
            }
            all.add(new ClusterSnapshot(NAMES).withLocations(where));
        }
        return all;
    }

    private static List<Quorum> quorums() {
        List<Quorum> all = new ArrayList<>();
        for (int ensemble = 1; ensemble <= 4; ensemble++) {
            for (int write = 1; write <= ensemble; write++) {
                for (int ack = 1; ack <= write; ack++) {
                    all.add(quorum(ensemble, write, ack));
                }
            }
        }
        return all;
    }

    private static List<List<NetworkLocation>> windows(
            ClusterSnapshot cluster, Quorum quorum, List<BookieId> ensemble) {
        List<List<NetworkLocation>> windows = new ArrayList<>();
        for (int start = 0; start < quorum.ensemble(); start++) {
            List<NetworkLocation> window = new ArrayList<>();
            for (int step = 0; step < quorum.write(); step++) {
                window.add(cluster.locationOf(ensemble.get((start + step) % quorum.ensemble()))
                        .orElseThrow());
            }
            windows.add(window);
        }
        return windows;
    }

    private static boolean spansRacks(List<NetworkLocation> window, int minRacks) {
        return new HashSet<>(window).size() >= Math.min(window.size(), minRacks);
    }

    /** No one region holds an ack quorum. */
    private static boolean survivesARegion(List<NetworkLocation> window, Quorum quorum) {
        List<String> regions = window.stream().map(NetworkLocation::top).toList();
        return regions.stream().allMatch(region -> Collections.frequency(regions, region) < quorum.ack());
    }

    private static boolean someEnsemble(int size, List<BookieId> chosen, Predicate<List<BookieId>> good) {
        if (chosen.size() == size) {
            return good.test(chosen);
        }
        for (BookieId bookie : NAMES) {
            if (!chosen.contains(bookie)) {
                List<BookieId> longer = new ArrayList<>(chosen);
                longer.add(bookie);
                if (someEnsemble(size, longer, good)) {
                    return true;
                }
            }
        }
        return false;
    }

    /** A strict policy chooses exactly if there is a choice, what it chooses is right, and so is every replacement. */
    private static void checkStrict(
            PlacementPolicy policy, ClusterSnapshot cluster, Quorum quorum, Predicate<List<NetworkLocation>> right) {
        Predicate<List<BookieId>> good =
                ensemble -> windows(cluster, quorum, ensemble).stream().allMatch(right);
        String where = quorum + " " + new TreeMap<>(cluster.locations());
        Placement<List<BookieId>> placement = policy.newEnsemble(cluster, quorum, Set.of(), new Dice(1));
        if (!(placement instanceof Placement.Chosen<List<BookieId>> chosen)) {
            assertThat(someEnsemble(quorum.ensemble(), List.of(), good))
                    .as("there is a choice for %s", where)
                    .isFalse();
            return;
        }
        assertThat(chosen.choice()).as(where).hasSize(quorum.ensemble()).doesNotHaveDuplicates();
        assertThat(good.test(chosen.choice())).as(where + " " + chosen).isTrue();
        assertThat(policy.adherence(cluster, quorum, chosen.choice())).isEqualTo(Adherence.MEETS_STRICT);
        for (int position = 0; position < quorum.ensemble(); position++) {
            checkReplacement(policy, cluster, quorum, chosen.choice(), position, good);
        }
    }

    private static void checkReplacement(
            PlacementPolicy policy,
            ClusterSnapshot cluster,
            Quorum quorum,
            List<BookieId> ensemble,
            int position,
            Predicate<List<BookieId>> good) {
        BiPredicate<Integer, BookieId> fits = (at, bookie) -> {
            List<BookieId> changed = new ArrayList<>(ensemble);
            changed.set(at, bookie);
            return good.test(changed);
        };
        String where = quorum + " " + new TreeMap<>(cluster.locations()) + " " + ensemble + " at " + position;
        Set<BookieId> failed = Set.of(ensemble.get(position));
        if (policy.replacement(cluster, quorum, ensemble, position, failed, new Dice(2))
                instanceof Placement.Chosen<BookieId> next) {
            assertThat(ensemble).as(where).doesNotContain(next.choice());
            assertThat(fits.test(position, next.choice())).as(where).isTrue();
        } else {
            assertThat(NAMES.stream().filter(bookie -> !ensemble.contains(bookie)))
                    .as(where)
                    .noneMatch(bookie -> fits.test(position, bookie));
        }
    }

    @Test
    void strictRacksAreFoundExactlyWhenTheyExist() {
        for (ClusterSnapshot cluster : clusters(List.of("/r1", "/r2", "/r3"))) {
            for (Quorum quorum : quorums()) {
                if (quorum.ack() == 1) {
                    for (int minRacks = 1; minRacks <= 3; minRacks++) {
                        int racks = minRacks;
                        checkStrict(
                                Placements.rackAware(racks, true, Optional.empty()),
                                cluster,
                                quorum,
                                window -> spansRacks(window, racks));
                    }
                }
            }
        }
    }

    @Test
    void noRegionHoldsAnAckQuorumOfADurableEnsemble() {
        Set<String> regions = Set.of("east", "west", "north");
        for (ClusterSnapshot cluster : clusters(List.of("/east/r1", "/west/r1", "/north/r1"))) {
            for (Quorum quorum : quorums()) {
                boolean accepted = quorum.ack() >= 2 && quorum.ack() > quorum.write() - quorum.write() / 2;
                PlacementPolicy policy = Placements.regionAware(regions, 2, true, Optional.empty());
                if (accepted) {
                    checkStrict(policy, cluster, quorum, window -> survivesARegion(window, quorum));
                } else {
                    assertThat(policy.newEnsemble(cluster, quorum, Set.of(), new Dice(1)))
                            .isInstanceOf(Placement.Unmet.class);
                }
            }
        }
    }

    @Test
    void zonesAreKeptApartAsFarAsTheyGo() {
        List<String> places = List.of("/z1/u1", "/z1/u2", "/z2/u1", "/z3/u1");
        PlacementPolicy policy = Placements.zoneAware(2, 3, true);
        Quorum quorum = quorum(3, 3, 2);
        for (ClusterSnapshot cluster : clusters(places)) {
            Predicate<List<BookieId>> twoZones = ensemble -> windows(cluster, quorum, ensemble).stream()
                    .allMatch(window ->
                            window.stream().map(NetworkLocation::top).distinct().count() >= 2);
            Predicate<List<BookieId>> threeZones = ensemble -> windows(cluster, quorum, ensemble).stream()
                    .allMatch(window ->
                            window.stream().map(NetworkLocation::top).distinct().count() >= 3);
            Placement<List<BookieId>> placement = policy.newEnsemble(cluster, quorum, Set.of(), new Dice(5));
            if (placement instanceof Placement.Chosen<List<BookieId>> chosen) {
                assertThat(twoZones.test(chosen.choice())).isTrue();
                assertThat(threeZones.test(chosen.choice()))
                        .as("three zones if there are three")
                        .isEqualTo(someEnsemble(3, List.of(), threeZones));
                assertThat(chosen.adherence()).isEqualTo(policy.adherence(cluster, quorum, chosen.choice()));
            } else {
                assertThat(someEnsemble(3, List.of(), twoZones)).isFalse();
            }
        }
    }

    @Test
    void bestEffortAlwaysChoosesAndSaysHowWell() {
        PlacementPolicy policy = Placements.rackAware(2, false, Optional.empty());
        for (ClusterSnapshot cluster : clusters(List.of("/r1", "/r2"))) {
            Quorum quorum = quorum(3, 3, 2);
            var chosen = (Placement.Chosen<List<BookieId>>) policy.newEnsemble(cluster, quorum, Set.of(), new Dice(7));
            boolean spread =
                    windows(cluster, quorum, chosen.choice()).stream().allMatch(window -> spansRacks(window, 2));
            assertThat(chosen.adherence()).isEqualTo(spread ? Adherence.MEETS_STRICT : Adherence.FAILS);
            assertThat(spread)
                    .isEqualTo(Set.copyOf(cluster.locations().values()).size() == 2);
        }
    }
}
