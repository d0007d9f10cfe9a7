package dev.daybook.core.health;

import static dev.daybook.core.Fixtures.bookies;
import static dev.daybook.core.Fixtures.quorum;
import static org.assertj.core.api.Assertions.assertThat;

import dev.daybook.core.effect.Dice;
import dev.daybook.core.place.ClusterSnapshot;
import dev.daybook.core.place.NetworkLocation;
import dev.daybook.core.read.StickyBookie;
import dev.daybook.protocol.model.BookieId;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class ReadOrderTest {
    private static final List<BookieId> ENSEMBLE = bookies("b1 b2 b3 b4");
    private static final ClusterSnapshot ALL = new ClusterSnapshot(ENSEMBLE);

    private final FaultDetector detector = new FaultDetector(HealthLimits.DEFAULT);
    private final Set<BookieId> full = new HashSet<>();

    private List<RankedPosition> ranked(ClusterSnapshot cluster, long entryId, Optional<String> region) {
        return new ReadOrder(detector, cluster, bookie -> !full.contains(bookie), region)
                .of(quorum(4, 4, 2), entryId, ENSEMBLE, 1);
    }

    private List<Integer> order(ClusterSnapshot cluster, long entryId) {
        return ReadOrder.positions(ranked(cluster, entryId, Optional.empty()));
    }

    @Test
    void withoutReasonTheWritingOrderStays() {
        assertThat(order(ALL, 0)).containsExactly(0, 1, 2, 3);
        assertThat(order(ALL, 6)).containsExactly(2, 3, 0, 1);
        assertThat(order(new ClusterSnapshot(List.of()), 0))
                .as("nothing was heard of the cluster yet")
                .containsExactly(0, 1, 2, 3);
    }

    @Test
    void reasonsAreWeighed() {
        ClusterSnapshot cluster =
                new ClusterSnapshot(bookies("b2 b3"), Set.copyOf(bookies("b1")), Set.of(), Map.of(), Map.of());
        assertThat(order(cluster, 0)).as("read-only, then unavailable").containsExactly(1, 2, 0, 3);
        detector.onFailure(new BookieId("b2"), 0);
        assertThat(order(cluster, 0)).containsExactly(2, 1, 0, 3);
        detector.onSlow(new BookieId("b3"), 0);
        assertThat(order(cluster, 0)).containsExactly(1, 0, 2, 3);
        full.add(new BookieId("b2"));
        assertThat(order(cluster, 0)).containsExactly(0, 1, 2, 3);
    }

    @Test
    void theOwnRegionComesFirstAndOneOfAnotherSoonAfter() {
        Map<BookieId, NetworkLocation> locations = new TreeMap<>();
        for (BookieId bookie : ENSEMBLE) {
            locations.put(bookie, NetworkLocation.parse(bookie.value().equals("b1") ? "/far/r1" : "/near/r1"));
        }
        assertThat(ReadOrder.positions(ranked(ALL.withLocations(locations), 0, Optional.of("near"))))
                .containsExactly(1, 2, 0, 3);
        assertThat(ReadOrder.positions(ranked(ALL.withLocations(locations), 0, Optional.of("far"))))
                .containsExactly(0, 1, 2, 3);
    }

    @Test
    void aStickyReaderStaysWhileItsBookieIsInTheBestOfHealth() {
        StickyBookie sticky = new StickyBookie();
        Dice dice = new Dice(3);
        int first =
                sticky.order(ranked(ALL, 0, Optional.empty()), ENSEMBLE, dice).get(0);
        for (long entryId = 1; entryId < 20; entryId++) {
            assertThat(sticky.order(ranked(ALL, entryId, Optional.empty()), ENSEMBLE, dice))
                    .startsWith(first)
                    .containsExactlyInAnyOrder(0, 1, 2, 3);
        }
        detector.onFailure(ENSEMBLE.get(first), 0);
        int second =
                sticky.order(ranked(ALL, 20, Optional.empty()), ENSEMBLE, dice).get(0);
        assertThat(second).isNotEqualTo(first);
        detector.onAnswer(ENSEMBLE.get(first));
        assertThat(sticky.order(ranked(ALL, 21, Optional.empty()), ENSEMBLE, dice))
                .as("no way back without need")
                .startsWith(second);
    }

    @Test
    void stickyReadersSpreadOverTheBookies() {
        Set<Integer> seen = new HashSet<>();
        for (long seed = 0; seed < 50; seed++) {
            seen.add(new StickyBookie()
                    .order(ranked(ALL, 0, Optional.empty()), ENSEMBLE, new Dice(seed))
                    .get(0));
        }
        assertThat(seen).containsExactlyInAnyOrder(0, 1, 2, 3);
    }
}
