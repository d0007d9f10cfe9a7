package dev.daybook.core.repair;

import dev.daybook.core.effect.Dice;
import dev.daybook.core.place.ClusterSnapshot;
import dev.daybook.core.place.Placement;
import dev.daybook.core.place.PlacementPolicy;
import dev.daybook.protocol.model.BookieId;
import dev.daybook.protocol.model.Quorum;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Who may take over copies.
 *
 * @param cluster the bookies as last seen; only writable ones are chosen
 * @param excluded bookies that get nothing, for instance because they are being emptied
 * @param assigned who follows whom, where that is not the policy's choice
 */
public record RepairTargets(
        PlacementPolicy placement, ClusterSnapshot cluster, Set<BookieId> excluded, Map<BookieId, BookieId> assigned) {
    public RepairTargets {
        excluded = Set.copyOf(excluded);
        assigned = Map.copyOf(assigned);
    }

    public static RepairTargets of(PlacementPolicy placement, ClusterSnapshot cluster) {
        return new RepairTargets(placement, cluster, Set.of(), Map.of());
    }

    RepairTargets withCluster(ClusterSnapshot newCluster) {
        return new RepairTargets(placement, newCluster, excluded, assigned);
    }

    /** @param ensemble as it would be with the successors chosen so far */
    Optional<BookieId> successor(
            Quorum quorum, List<BookieId> ensemble, int position, Set<BookieId> leftOut, Dice dice) {
        BookieId wish = assigned.get(ensemble.get(position));
        if (wish != null) {
            boolean usable = cluster.isWritable(wish) && !ensemble.contains(wish) && !leftOut.contains(wish);
            return usable ? Optional.of(wish) : Optional.empty();
        }
        Set<BookieId> forbidden = new HashSet<>(excluded);
        forbidden.addAll(leftOut);
        return placement.replacement(cluster, quorum, ensemble, position, forbidden, dice)
                        instanceof Placement.Chosen<BookieId> chosen
                ? Optional.of(chosen.choice())
                : Optional.empty();
    }
}
