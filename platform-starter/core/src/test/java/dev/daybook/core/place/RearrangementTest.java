package dev.daybook.core.place;

import static org.assertj.core.api.Assertions.assertThat;

import dev.daybook.core.effect.Dice;
import dev.daybook.protocol.model.BookieId;
import dev.daybook.protocol.model.DigestType;
import dev.daybook.protocol.model.Fragment;
import dev.daybook.protocol.model.LedgerMetadata;
import dev.daybook.protocol.model.LedgerMetadata.Credentials;
import dev.daybook.protocol.model.LedgerPassword;
import dev.daybook.protocol.model.Quorum;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class RearrangementTest {
    private static final Quorum THREE = new Quorum(3, 3, 2);
    private final PlacementPolicy racks = Placements.rackAware(2, false, Optional.empty());

    /** Named by rack and number: {@code a1} stands in rack a. */
    private static BookieId bookie(String name) {
        return new BookieId(name);
    }

    private static ClusterSnapshot cluster(String... names) {
        Map<BookieId, NetworkLocation> locations = new HashMap<>();
        List<BookieId> bookies = List.of(names).stream().map(BookieId::new).toList();
        bookies.forEach(one ->
                locations.put(one, NetworkLocation.parse("/" + one.value().charAt(0))));
        return new ClusterSnapshot(bookies).withLocations(locations);
    }

    private static LedgerMetadata ledger(Fragment... fragments) {
        return LedgerMetadata.open(
                        THREE, fragments[0], new Credentials(DigestType.CRC32C, LedgerPassword.EMPTY), Map.of(), 1)
                .withFragments(List.of(fragments));
    }

    private static Fragment fragment(long first, String... names) {
        return new Fragment(first, List.of(names).stream().map(BookieId::new).toList());
    }

    private Optional<Map<BookieId, BookieId>> moves(ClusterSnapshot cluster, LedgerMetadata ledger) {
        return new Rearrangement(racks, cluster, new Dice(7)).of(ledger);
    }

    private static Optional<Map<BookieId, BookieId>> strictMoves(
            int racks, ClusterSnapshot cluster, LedgerMetadata ledger) {
        PlacementPolicy strict = Placements.rackAware(racks, true, Optional.empty());
        return new Rearrangement(strict, cluster, new Dice(7)).of(ledger);
    }

    @Test
    void whatKeepsToThePolicyStays() {
        assertThat(moves(cluster("a1", "a2", "b1", "b2"), ledger(fragment(0, "a1", "a2", "b1"))))
                .contains(Map.of());
    }

    @Test
    void oneMoveIsEnoughWhereOneWillDo() {
        Map<BookieId, BookieId> moves = moves(
                        cluster("a1", "a2", "a3", "a4", "b1"), ledger(fragment(0, "a1", "a2", "a3")))
                .orElseThrow();
        assertThat(moves).hasSize(1).containsValue(bookie("b1"));
    }

    @Test
    void allFragmentsAreLookedAt() {
        ClusterSnapshot cluster = cluster("a1", "a2", "a3", "a4", "b1", "b2");
        Map<BookieId, BookieId> moves = moves(
                        cluster, ledger(fragment(0, "a1", "a2", "b1"), fragment(10, "a2", "a3", "a4")))
                .orElseThrow();
        assertThat(moves).isNotEmpty();
        assertThat(moves.keySet()).allMatch(member -> member.value().startsWith("a"));
    }

    @Test
    void whereEverybodyStandsInOneRackNothingHelps() {
        assertThat(moves(cluster("a1", "a2", "a3", "a4", "a5"), ledger(fragment(0, "a1", "a2", "a3"))))
                .isEmpty();
    }

    @Test
    void aStrictPolicyFindsTwoMovesOfWhichNoneIsEnough() {
        Map<BookieId, BookieId> moves = strictMoves(
                        3, cluster("a1", "a2", "a3", "b1", "b2", "c1"), ledger(fragment(0, "a1", "a2", "a3")))
                .orElseThrow();
        assertThat(moves).hasSize(2).containsValue(bookie("c1"));
        assertThat(moves.keySet()).allMatch(member -> member.value().startsWith("a"));
        assertThat(moves.values())
                .doesNotHaveDuplicates()
                .anyMatch(member -> member.value().startsWith("b"));
    }

    @Test
    void aStrictPolicyMovesTheSameBookiesInEveryFragment() {
        ClusterSnapshot cluster = cluster("a1", "a2", "a3", "a4", "b1", "c1");
        LedgerMetadata ledger = ledger(fragment(0, "a1", "a2", "a3"), fragment(10, "a1", "a2", "a4"));
        Map<BookieId, BookieId> moves = strictMoves(3, cluster, ledger).orElseThrow();
        assertThat(moves.values()).containsExactlyInAnyOrder(bookie("b1"), bookie("c1"));
        assertThat(moves.keySet()).containsExactlyInAnyOrder(bookie("a1"), bookie("a2"));
    }

    @Test
    void aStrictPolicyThatCannotBeMetMovesNobody() {
        assertThat(strictMoves(3, cluster("a1", "a2", "a3", "a4", "b1"), ledger(fragment(0, "a1", "a2", "a3"))))
                .isEmpty();
    }
}
