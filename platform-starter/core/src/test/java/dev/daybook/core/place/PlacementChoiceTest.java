package dev.daybook.core.place;

import static dev.daybook.core.Fixtures.bookies;
import static dev.daybook.core.Fixtures.quorum;
import static org.assertj.core.api.Assertions.assertThat;

import dev.daybook.core.effect.Dice;
import dev.daybook.protocol.model.BookieId;
import dev.daybook.protocol.model.Quorum;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Which of the right choices is taken, and what is said when there is none. */
class PlacementChoiceTest {
    private static final Quorum THREE = quorum(3, 3, 2);

    /** For instance {@code b1 /r1, b2 /r2}. */
    private static ClusterSnapshot cluster(String text) {
        Map<BookieId, NetworkLocation> where = new HashMap<>();
        for (String pair : text.split(", ", -1)) {
            String[] parts = pair.split(" ", -1);
            where.put(new BookieId(parts[0]), NetworkLocation.parse(parts[1]));
        }
        return new ClusterSnapshot(List.copyOf(where.keySet())).withLocations(where);
    }

    private static <T> T chosen(Placement<T> placement) {
        return ((Placement.Chosen<T>) placement).choice();
    }

    private static Map<String, Integer> draws(ClusterSnapshot cluster, int times) {
        Dice dice = new Dice(42);
        Map<String, Integer> counts = new HashMap<>();
        for (int i = 0; i < times; i++) {
            counts.merge(
                    chosen(new FlatPlacement().newEnsemble(cluster, quorum(1, 1, 1), Set.of(), dice))
                            .get(0)
                            .value(),
                    1,
                    Integer::sum);
        }
        return counts;
    }

    @Test
    void chanceFollowsFreeSpace() {
        ClusterSnapshot cluster = new ClusterSnapshot(bookies("b1 b2 b3"))
                .withFreeBytes(Map.of(new BookieId("b1"), 100L, new BookieId("b2"), 200L, new BookieId("b3"), 400L));
        Map<String, Integer> counts = draws(cluster, 7000);
        assertThat(counts.get("b1")).isBetween(850, 1150);
        assertThat(counts.get("b2")).isBetween(1800, 2200);
        assertThat(counts.get("b3")).isBetween(3700, 4300);
    }

    @Test
    void nobodyGetsMoreThanThreeMediansNorLessThanTheSmallest() {
        Map<BookieId, Long> free = new HashMap<>();
        free.put(new BookieId("b1"), 100L);
        free.put(new BookieId("b2"), 100L);
        free.put(new BookieId("b3"), Long.MAX_VALUE);
        free.put(new BookieId("b4"), 0L);
        Map<String, Integer> counts = draws(new ClusterSnapshot(bookies("b1 b2 b3 b4 b5")).withFreeBytes(free), 7000);
        assertThat(counts.get("b3")).as("three of seven shares").isBetween(2700, 3300);
        assertThat(counts.get("b4")).as("full").isBetween(850, 1150);
        assertThat(counts.get("b5")).as("unknown").isBetween(850, 1150);
    }

    @Test
    void hugeDisksDoNotOverflow() {
        Map<BookieId, Long> free = new HashMap<>();
        List<BookieId> many = bookies("b1 b2 b3 b4 b5 b6 b7");
        many.forEach(bookie -> free.put(bookie, Long.MAX_VALUE));
        assertThat(draws(new ClusterSnapshot(many).withFreeBytes(free), 700)).hasSize(7);
    }

    @Test
    void theFirstBookieStandsInTheClientsRackAndTheNextInOthers() {
        PlacementPolicy policy = Placements.rackAware(2, false, Optional.of(NetworkLocation.parse("/r2")));
        ClusterSnapshot cluster = cluster("b1 /r1, b2 /r2, b3 /r2, b4 /r3, b5 /r1");
        for (long seed = 0; seed < 100; seed++) {
            List<BookieId> ensemble = chosen(policy.newEnsemble(cluster, THREE, Set.of(), new Dice(seed)));
            assertThat(ensemble.get(0)).isIn(bookies("b2 b3"));
            assertThat(ensemble.stream().map(cluster.locations()::get).distinct())
                    .hasSize(3);
        }
    }

    @Test
    void aReplacementStandsWhereTheLostOneStood() {
        PlacementPolicy policy = Placements.rackAware(2, false, Optional.empty());
        ClusterSnapshot cluster = cluster("b1 /r1, b2 /r2, b3 /r3, b4 /r1, b5 /r2, b6 /r4");
        for (long seed = 0; seed < 50; seed++) {
            assertThat(chosen(policy.replacement(
                            cluster, THREE, bookies("b1 b2 b3"), 0, Set.copyOf(bookies("b1")), new Dice(seed))))
                    .isEqualTo(new BookieId("b4"));
            assertThat(chosen(policy.replacement(
                            cluster, THREE, bookies("b1 b2 b3"), 0, Set.copyOf(bookies("b1 b4")), new Dice(seed))))
                    .as("then in a rack of its own")
                    .isEqualTo(new BookieId("b6"));
        }
    }

    @Test
    void regionsShareAnEnsembleAndTheLocalOneComesFirst() {
        PlacementPolicy policy =
                Placements.regionAware(Set.of(), 2, false, Optional.of(NetworkLocation.parse("/w/r1")));
        ClusterSnapshot cluster = cluster("b1 /e/r1, b2 /e/r2, b3 /w/r1, b4 /w/r2, b5 /n/r1, b6 /e/r3");
        for (long seed = 0; seed < 100; seed++) {
            List<String> regions = chosen(policy.newEnsemble(cluster, THREE, Set.of(), new Dice(seed))).stream()
                    .map(bookie -> cluster.locationOf(bookie).orElseThrow().top())
                    .toList();
            assertThat(regions).containsExactlyInAnyOrder("e", "w", "n").startsWith("w");
        }
    }

    @Test
    void quarantinedBookiesAreTheLastResort() {
        ClusterSnapshot five =
                new ClusterSnapshot(bookies("b1 b2 b3 b4 b5")).withQuarantined(Set.copyOf(bookies("b1 b2")));
        for (PlacementPolicy policy : List.of(new FlatPlacement(), Placements.rackAware(2, false, Optional.empty()))) {
            for (long seed = 0; seed < 50; seed++) {
                assertThat(chosen(policy.newEnsemble(five, THREE, Set.of(), new Dice(seed))))
                        .containsExactlyInAnyOrderElementsOf(bookies("b3 b4 b5"));
                assertThat(chosen(policy.newEnsemble(five, quorum(4, 3, 2), Set.of(), new Dice(seed))))
                        .hasSize(4);
            }
        }
        ClusterSnapshot racks = cluster("b1 /r1, b2 /r1, b3 /r1, b4 /r2").withQuarantined(Set.copyOf(bookies("b4")));
        assertThat(chosen(Placements.rackAware(2, true, Optional.empty())
                        .newEnsemble(racks, THREE, Set.of(), new Dice(1))))
                .as("a strict policy rather takes a doubtful bookie than none")
                .contains(new BookieId("b4"));
    }

    @Test
    void aRefusalNamesTheConstraintAndTheBookies() {
        ClusterSnapshot cluster = new ClusterSnapshot(bookies("b1 b2 b3 b4 b5"))
                .withLocations(cluster("b1 /r1, b2 /r1, b3 /r1").locations());
        var unmet = (Placement.Unmet<List<BookieId>>) Placements.rackAware(2, true, Optional.empty())
                .newEnsemble(cluster, THREE, Set.copyOf(bookies("b3")), new Dice(1));
        assertThat(unmet.describe())
                .isEqualTo("no choice of bookies is such that every write set of 3 spans 2 racks; considered: /r1 [b1,"
                        + " b2]; left out: failed [b3], rack unknown [b4, b5]");
    }

    @Test
    void quorumsThatNeverFitAreRefusedInWords() {
        var unmet = (Placement.Unmet<List<BookieId>>) Placements.zoneAware(2, 3, true)
                .newEnsemble(cluster("b1 /z1/u1"), quorum(3, 2, 2), Set.of(), new Dice(1));
        assertThat(unmet.describe()).contains("the ensemble must be a multiple of the write quorum");
    }

    @Test
    void aHopelessSearchInALargeClusterEnds() {
        Map<BookieId, NetworkLocation> where = new HashMap<>();
        for (int i = 0; i < 400; i++) {
            where.put(new BookieId("b" + i), NetworkLocation.parse("/z1/u" + i % 20));
        }
        ClusterSnapshot cluster = new ClusterSnapshot(List.copyOf(where.keySet())).withLocations(where);
        assertThat(Placements.zoneAware(2, 3, true).newEnsemble(cluster, quorum(7, 7, 4), Set.of(), new Dice(1)))
                .isInstanceOf(Placement.Unmet.class);
    }

    @Test
    void locationsAreReadAsThePeerWritesThem() {
        assertThat(NetworkLocation.parse("rack0")).isEqualTo(NetworkLocation.parse("/rack0"));
        assertThat(NetworkLocation.parse("/region/rack").top()).isEqualTo("region");
        assertThat(NetworkLocation.parse("/region/rack")).hasToString("/region/rack");
    }
}
