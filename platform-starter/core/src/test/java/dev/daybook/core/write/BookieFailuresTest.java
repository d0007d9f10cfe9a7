package dev.daybook.core.write;

import static dev.daybook.core.Fixtures.bookies;
import static dev.daybook.core.Fixtures.quorum;
import static org.assertj.core.api.Assertions.assertThat;

import dev.daybook.core.effect.Dice;
import dev.daybook.core.place.ClusterSnapshot;
import dev.daybook.core.place.FlatPlacement;
import dev.daybook.protocol.model.BookieId;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Who takes over from failed bookies when others are in quarantine. */
class BookieFailuresTest {
    private static final List<BookieId> ENSEMBLE = bookies("b1 b2 b3");

    private static BookieFailures failures(String writable, String quarantined) {
        ClusterSnapshot cluster =
                new ClusterSnapshot(bookies(writable)).withQuarantined(Set.copyOf(bookies(quarantined)));
        return new BookieFailures(quorum(3, 3, 2), new FlatPlacement(), cluster, new Dice(1));
    }

    @Test
    void aHealthyBookieTakesOver() {
        BookieFailures failures = failures("b1 b2 b3 b4 b5", "b1 b5");
        failures.add(0, new BookieId("b1"));
        assertThat(failures.replaceIn(ENSEMBLE)).contains(bookies("b4 b2 b3"));
    }

    @Test
    void oneOfThreeIsDoneWithoutRatherThanReplacedByADoubtfulOne() {
        BookieFailures failures = failures("b1 b2 b3 b4", "b1 b4");
        failures.add(0, new BookieId("b1"));
        assertThat(failures.replaceIn(ENSEMBLE)).isEmpty();
        assertThat(failures.concern(ENSEMBLE))
                .as("forgotten until it fails again")
                .isFalse();
    }

    @Test
    void withoutAnAckQuorumADoubtfulOneIsBetterThanNone() {
        BookieFailures failures = failures("b1 b2 b3 b4", "b1 b2 b4");
        failures.add(0, new BookieId("b1"));
        failures.add(1, new BookieId("b2"));
        assertThat(failures.replaceIn(ENSEMBLE)).contains(bookies("b4 b2 b3"));
        assertThat(failures.count()).isEqualTo(1);
    }

    @Test
    void whereNoFailedMemberMayStayADoubtfulOneIsTakenToo() {
        BookieFailures failures = failures("b1 b2 b3 b4", "b4");
        failures.add(2, new BookieId("b3"));
        assertThat(failures.replaceIn(ENSEMBLE, true)).contains(bookies("b1 b2 b4"));
    }

    @Test
    void whoCannotBeReplacedIsLookedAtAgainWhenTheClusterHasChanged() {
        BookieFailures failures = failures("b1 b2 b3", "");
        BookieId dead = new BookieId("b1");
        assertThat(failures.addReplaceable(0, dead)).isTrue();
        assertThat(failures.replaceIn(ENSEMBLE)).isEmpty();
        assertThat(failures.addReplaceable(0, dead)).isFalse();
        assertThat(failures.concern(ENSEMBLE)).isFalse();
        assertThat(failures.addReplaceable(1, new BookieId("b2")))
                .as("nothing is known of another")
                .isTrue();

        failures.onClusterChanged(new ClusterSnapshot(bookies("b1 b2 b3 b4")));
        assertThat(failures.addReplaceable(0, dead)).isTrue();
        assertThat(failures.replaceIn(ENSEMBLE)).contains(bookies("b4 b2 b3"));
    }

    @Test
    void whoeverWasPassedOverBecauseItFailedAMomentAgoIsTriedAgain() {
        BookieFailures failures = failures("b1 b2 b3 b4", "");
        BookieId dead = new BookieId("b1");
        failures.add(0, new BookieId("b4"));
        failures.add(0, dead);
        assertThat(failures.replaceIn(ENSEMBLE)).isEmpty();
        failures.settled();
        assertThat(failures.addReplaceable(0, dead)).isTrue();
        assertThat(failures.replaceIn(ENSEMBLE)).contains(bookies("b4 b2 b3"));
    }
}
