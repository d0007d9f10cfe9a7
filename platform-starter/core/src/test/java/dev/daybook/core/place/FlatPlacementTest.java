package dev.daybook.core.place;

import static org.assertj.core.api.Assertions.assertThat;

import dev.daybook.core.effect.Dice;
import dev.daybook.protocol.model.BookieId;
import dev.daybook.protocol.model.Quorum;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class FlatPlacementTest {
    private static final Quorum QUORUM = new Quorum(3, 2, 2);
    private static final ClusterSnapshot FIVE = new ClusterSnapshot(ids("b5 b4 b3 b2 b1"));

    private final FlatPlacement placement = new FlatPlacement();

    @Test
    void anEnsembleHasDistinctAllowedMembers() {
        Set<List<BookieId>> seen = new HashSet<>();
        for (long seed = 0; seed < 200; seed++) {
            var chosen = placement.newEnsemble(FIVE, QUORUM, Set.copyOf(ids("b2")), new Dice(seed));
            List<BookieId> ensemble = ((Placement.Chosen<List<BookieId>>) chosen).choice();
            assertThat(ensemble).hasSize(3).doesNotHaveDuplicates().isSubsetOf(ids("b1 b3 b4 b5"));
            seen.add(ensemble);
        }
        assertThat(seen)
                .as("every ordered choice of three out of four comes up")
                .hasSize(24);
    }

    @Test
    void tooFewBookiesIsAnAnswer() {
        assertThat(placement.newEnsemble(FIVE, QUORUM, Set.copyOf(ids("b2 b3 b4")), new Dice(1)))
                .isEqualTo(new Placement.NotEnough<>(3, 2));
        assertThat(placement.replacement(FIVE, QUORUM, ids("b1 b2 b3"), 0, Set.copyOf(ids("b4 b5")), new Dice(1)))
                .isEqualTo(new Placement.NotEnough<>(1, 0));
    }

    @Test
    void aReplacementIsNeitherAMemberNorExcluded() {
        for (long seed = 0; seed < 50; seed++) {
            assertThat(placement.replacement(FIVE, QUORUM, ids("b1 b2 b3"), 0, Set.copyOf(ids("b5")), new Dice(seed)))
                    .isEqualTo(new Placement.Chosen<>(new BookieId("b4")));
        }
    }

    @Test
    void theSameDiceChooseTheSame() {
        assertThat(placement.newEnsemble(FIVE, QUORUM, Set.of(), new Dice(9)))
                .isEqualTo(placement.newEnsemble(
                        new ClusterSnapshot(ids("b1 b2 b3 b4 b5")), QUORUM, Set.of(), new Dice(9)));
    }

    private static List<BookieId> ids(String names) {
        return Stream.of(names.split(" ")).map(BookieId::new).toList();
    }
}
