package dev.daybook.simulator.client;

import static dev.daybook.simulator.world.BrokenRule.NO_LEDGER;
import static dev.daybook.simulator.world.BrokenRule.require;

import dev.daybook.core.effect.Dice;
import dev.daybook.core.place.Adherence;
import dev.daybook.core.place.ClusterSnapshot;
import dev.daybook.core.place.Placement;
import dev.daybook.core.place.PlacementPolicy;
import dev.daybook.protocol.model.BookieId;
import dev.daybook.protocol.model.Quorum;
import dev.daybook.simulator.check.SpreadRule;
import dev.daybook.simulator.world.World;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** The placement of the run. Every choice, and every refusal, is judged before a client hears of it. */
final class WatchedPlacement implements PlacementPolicy {
    private final World world;
    private final PlacementPolicy policy;
    private final SpreadRule promise;

    WatchedPlacement(World world, PlacementPlan plan) {
        this.world = world;
        this.policy = plan.policy();
        this.promise = plan.promise();
    }

    @Override
    public Placement<List<BookieId>> newEnsemble(
            ClusterSnapshot cluster, Quorum quorum, Set<BookieId> excluded, Dice dice) {
        Placement<List<BookieId>> placement = policy.newEnsemble(cluster, quorum, excluded, dice);
        List<BookieId> allowed = allowed(cluster, excluded, List.of());
        List<BookieId> healthy = healthy(cluster, allowed);
        if (placement instanceof Placement.Chosen<List<BookieId>> chosen) {
            checkMembers(chosen.choice(), allowed);
            if (choseQuarantined(cluster, chosen.choice())) {
                // With a strict policy the healthy ones may stand too close to each other.
                boolean needed = promise.isStrict() || healthy.size() < quorum.ensemble();
                require(needed, "P3", NO_LEDGER, chosen.choice() + " were chosen although " + healthy + " are well");
            }
        } else {
            world.saw("sometimes: no ensemble to be had");
            boolean needed = promise.isStrict() || allowed.size() < quorum.ensemble();
            require(needed, "P4", NO_LEDGER, "no ensemble was found among " + allowed);
        }
        return placement;
    }

    @Override
    public Placement<BookieId> replacement(
            ClusterSnapshot cluster,
            Quorum quorum,
            List<BookieId> ensemble,
            int position,
            Set<BookieId> excluded,
            Dice dice) {
        Placement<BookieId> placement = policy.replacement(cluster, quorum, ensemble, position, excluded, dice);
        List<BookieId> fitting = allowed(cluster, excluded, ensemble).stream()
                .filter(bookie -> promise.isKept(quorum, with(ensemble, position, bookie)))
                .toList();
        if (placement instanceof Placement.Chosen<BookieId> chosen) {
            checkMembers(List.of(chosen.choice()), fitting);
            if (choseQuarantined(cluster, List.of(chosen.choice()))) {
                List<BookieId> healthy = healthy(cluster, fitting);
                require(
                        healthy.isEmpty(),
                        "P3",
                        NO_LEDGER,
                        chosen.choice() + " is in quarantine and was chosen although " + healthy + " would do");
            }
        } else {
            world.saw("sometimes: no replacement to be had");
            require(fitting.isEmpty(), "P4", NO_LEDGER, "no replacement was found among " + fitting);
        }
        return placement;
    }

    private static List<BookieId> with(List<BookieId> ensemble, int position, BookieId bookie) {
        List<BookieId> changed = new ArrayList<>(ensemble);
        changed.set(position, bookie);
        return changed;
    }

    private static List<BookieId> allowed(ClusterSnapshot cluster, Set<BookieId> excluded, List<BookieId> members) {
        return cluster.writable().stream()
                .filter(bookie -> !excluded.contains(bookie) && !members.contains(bookie))
                .toList();
    }

    private static List<BookieId> healthy(ClusterSnapshot cluster, List<BookieId> bookies) {
        return bookies.stream()
                .filter(bookie -> !cluster.quarantined().contains(bookie))
                .toList();
    }

    private void checkMembers(List<BookieId> chosen, List<BookieId> allowed) {
        if (promise.isStrict()) {
            world.saw("sometimes: strict placement");
        }
        boolean good = new HashSet<>(chosen).size() == chosen.size() && allowed.containsAll(chosen);
        require(good, "P2", NO_LEDGER, chosen + " were chosen, allowed are " + allowed);
    }

    private boolean choseQuarantined(ClusterSnapshot cluster, List<BookieId> chosen) {
        if (chosen.stream().noneMatch(cluster.quarantined()::contains)) {
            return false;
        }
        world.saw("sometimes: bookie in quarantine chosen for want of others");
        return true;
    }

    @Override
    public Adherence adherence(ClusterSnapshot cluster, Quorum quorum, List<BookieId> ensemble) {
        return policy.adherence(cluster, quorum, ensemble);
    }
}
