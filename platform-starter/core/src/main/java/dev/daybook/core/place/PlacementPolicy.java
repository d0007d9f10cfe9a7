package dev.daybook.core.place;

import dev.daybook.core.effect.Dice;
import dev.daybook.protocol.model.BookieId;
import dev.daybook.protocol.model.Quorum;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Chooses bookies. A pure function of its arguments; the dice are its only source of chance. */
public interface PlacementPolicy {
    /** Bookies for a new ledger, each once, in ensemble order. */
    Placement<List<BookieId>> newEnsemble(ClusterSnapshot cluster, Quorum quorum, Set<BookieId> excluded, Dice dice);

    /** A bookie to take over one position. Never a member of the ensemble, never an excluded one. */
    Placement<BookieId> replacement(
            ClusterSnapshot cluster,
            Quorum quorum,
            List<BookieId> ensemble,
            int position,
            Set<BookieId> excluded,
            Dice dice);

    /**
     * Replaces several positions. One after the other, unless a policy knows better: a strict one may accept none of the
     * steps between.
     *
     * @return the whole ensemble; empty if there is no choice
     */
    default Optional<List<BookieId>> replacements(
            ClusterSnapshot cluster,
            Quorum quorum,
            List<BookieId> ensemble,
            Set<Integer> positions,
            Set<BookieId> excluded,
            Dice dice) {
        List<BookieId> changed = new ArrayList<>(ensemble);
        for (int position : positions) {
            if (!(replacement(cluster, quorum, changed, position, excluded, dice)
                    instanceof Placement.Chosen<BookieId> chosen)) {
                return Optional.empty();
            }
            changed.set(position, chosen.choice());
        }
        return Optional.of(changed);
    }

    /** How well an ensemble, wherever it comes from, keeps to this policy. */
    default Adherence adherence(ClusterSnapshot cluster, Quorum quorum, List<BookieId> ensemble) {
        return Adherence.MEETS_STRICT;
    }
}
