package dev.daybook.core.place;

import dev.daybook.core.effect.Dice;
import dev.daybook.protocol.model.BookieId;
import dev.daybook.protocol.model.Quorum;
import java.util.List;
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

    /** How well an ensemble, wherever it comes from, keeps to this policy. */
    default Adherence adherence(ClusterSnapshot cluster, Quorum quorum, List<BookieId> ensemble) {
        return Adherence.MEETS_STRICT;
    }
}
