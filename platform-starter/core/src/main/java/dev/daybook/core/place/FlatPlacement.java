package dev.daybook.core.place;

import dev.daybook.core.effect.Dice;
import dev.daybook.protocol.model.BookieId;
import dev.daybook.protocol.model.Quorum;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** Random choice among the writable bookies, no topology. Source: client protocol specification, section 20.5. */
public final class FlatPlacement implements PlacementPolicy {
    @Override
    public Placement<List<BookieId>> newEnsemble(
            ClusterSnapshot cluster, Quorum quorum, Set<BookieId> excluded, Dice dice) {
        List<BookieId> candidates = allowed(cluster, excluded, List.of());
        if (candidates.size() < quorum.ensemble()) {
            return new Placement.NotEnough<>(quorum.ensemble(), candidates.size());
        }
        List<BookieId> chosen = new ArrayList<>();
        while (chosen.size() < quorum.ensemble()) {
            chosen.add(candidates.remove(dice.below(candidates.size())));
        }
        return new Placement.Chosen<>(List.copyOf(chosen));
    }

    @Override
    public Placement<BookieId> replacement(
            ClusterSnapshot cluster,
            Quorum quorum,
            List<BookieId> ensemble,
            int position,
            Set<BookieId> excluded,
            Dice dice) {
        List<BookieId> candidates = allowed(cluster, excluded, ensemble);
        return candidates.isEmpty() ? new Placement.NotEnough<>(1, 0) : new Placement.Chosen<>(dice.pick(candidates));
    }

    private static List<BookieId> allowed(ClusterSnapshot cluster, Set<BookieId> excluded, List<BookieId> members) {
        List<BookieId> candidates = new ArrayList<>(cluster.writable());
        candidates.removeIf(bookie -> excluded.contains(bookie) || members.contains(bookie));
        return candidates;
    }
}
