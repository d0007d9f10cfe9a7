package dev.daybook.core.place;

import dev.daybook.core.effect.Dice;
import dev.daybook.protocol.model.BookieId;
import dev.daybook.protocol.model.Fragment;
import dev.daybook.protocol.model.LedgerMetadata;
import dev.daybook.protocol.model.Quorum;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * Finds the few members of a ledger's ensembles that would have to move so that every ensemble keeps to a policy. A member
 * moves everywhere in the ledger. Several members of an ensemble move at once, because a strict policy accepts no step
 * between. Source: auto-recovery specification, section 5.5.
 */
public final class Rearrangement {
    private final PlacementPolicy policy;
    private final ClusterSnapshot cluster;
    private final Dice dice;

    public Rearrangement(PlacementPolicy policy, ClusterSnapshot cluster, Dice dice) {
        this.policy = policy;
        this.cluster = cluster;
        this.dice = dice;
    }

    /** @return who takes over from whom, nobody if nothing fails the policy; empty if no choice was found */
    public Optional<Map<BookieId, BookieId>> of(LedgerMetadata ledger) {
        Optional<Map<BookieId, BookieId>> moves = Optional.of(Map.of());
        for (int fragments = 1; fragments <= ledger.fragments().size() && moves.isPresent(); fragments++) {
            moves = extended(ledger, fragments, moves.get());
        }
        return moves;
    }

    /** With further moves by which the last of so many fragments fits as well: one if one will do, then two neighbours. */
    private Optional<Map<BookieId, BookieId>> extended(
            LedgerMetadata ledger, int fragments, Map<BookieId, BookieId> moves) {
        if (fits(ledger, fragments, moves)) {
            return Optional.of(moves);
        }
        List<BookieId> ensemble = moved(ledger.fragments().get(fragments - 1), moves);
        for (int count = 1; count <= ensemble.size(); count++) {
            for (int first = 0; first < ensemble.size(); first++) {
                Map<BookieId, BookieId> more = new HashMap<>(moves);
                replace(ledger.quorum(), ensemble, neighbours(ensemble, first, count, moves), more);
                if (fits(ledger, fragments, more)) {
                    return Optional.of(Map.copyOf(more));
                }
            }
        }
        return Optional.empty();
    }

    /** Without those who have taken over already: they stay. */
    private static Set<Integer> neighbours(
            List<BookieId> ensemble, int first, int count, Map<BookieId, BookieId> moves) {
        return IntStream.range(first, first + count)
                .map(position -> position % ensemble.size())
                .filter(position -> !moves.containsValue(ensemble.get(position)))
                .boxed()
                .collect(Collectors.toSet());
    }

    private void replace(
            Quorum quorum, List<BookieId> ensemble, Set<Integer> positions, Map<BookieId, BookieId> moves) {
        policy.replacements(cluster, quorum, ensemble, positions, Set.copyOf(moves.keySet()), dice)
                .ifPresent(changed ->
                        positions.forEach(position -> moves.put(ensemble.get(position), changed.get(position))));
    }

    /** Nobody is twice in any fragment, and the first so many keep to the policy. */
    private boolean fits(LedgerMetadata ledger, int fragments, Map<BookieId, BookieId> moves) {
        for (int i = 0; i < ledger.fragments().size(); i++) {
            List<BookieId> ensemble = moved(ledger.fragments().get(i), moves);
            if (Set.copyOf(ensemble).size() < ensemble.size()
                    || (i < fragments && policy.adherence(cluster, ledger.quorum(), ensemble) == Adherence.FAILS)) {
                return false;
            }
        }
        return true;
    }

    private static List<BookieId> moved(Fragment fragment, Map<BookieId, BookieId> moves) {
        return fragment.ensemble().stream()
                .map(member -> moves.getOrDefault(member, member))
                .toList();
    }
}
