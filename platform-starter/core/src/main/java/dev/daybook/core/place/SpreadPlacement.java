package dev.daybook.core.place;

import dev.daybook.core.effect.Dice;
import dev.daybook.protocol.model.BookieId;
import dev.daybook.protocol.model.Quorum;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * Spreads ensembles over racks, regions or zones. Tries the rules of its terrain from the strictest down; bookies in
 * quarantine come in only when no rule can be met without them. Source: client protocol specification, section 20.
 */
final class SpreadPlacement implements PlacementPolicy {
    private final Terrain terrain;

    SpreadPlacement(Terrain terrain) {
        this.terrain = terrain;
    }

    @Override
    public Placement<List<BookieId>> newEnsemble(
            ClusterSnapshot cluster, Quorum quorum, Set<BookieId> excluded, Dice dice) {
        Optional<String> misfit = terrain.misfit(quorum);
        if (misfit.isPresent()) {
            return new Placement.Unmet<>(misfit.get(), Map.of(), Map.of());
        }
        return firstThatFits(
                cluster,
                quorum,
                excluded,
                List.of(),
                quorum.ensemble(),
                (rule, candidates) -> search(cluster, quorum, rule, candidates, dice)
                        .fill(candidates, terrain)
                        .map(ensemble -> new Placement.Chosen<>(ensemble, rule.worth())));
    }

    @Override
    public Placement<BookieId> replacement(
            ClusterSnapshot cluster,
            Quorum quorum,
            List<BookieId> ensemble,
            int position,
            Set<BookieId> excluded,
            Dice dice) {
        return firstThatFits(
                cluster,
                quorum,
                excluded,
                ensemble,
                1,
                (rule, candidates) -> search(cluster, quorum, rule, candidates, dice)
                        .replace(ensemble, position, candidates, terrain)
                        .map(bookie -> chosen(cluster, quorum, ensemble, position, bookie)));
    }

    @Override
    public Optional<List<BookieId>> replacements(
            ClusterSnapshot cluster,
            Quorum quorum,
            List<BookieId> ensemble,
            Set<Integer> positions,
            Set<BookieId> excluded,
            Dice dice) {
        Map<Integer, BookieId> staying = new HashMap<>();
        for (int position = 0; position < ensemble.size(); position++) {
            if (!positions.contains(position)) {
                staying.put(position, ensemble.get(position));
            }
        }
        Placement<List<BookieId>> placement = firstThatFits(
                cluster,
                quorum,
                excluded,
                ensemble,
                positions.size(),
                (rule, candidates) -> search(cluster, quorum, rule, candidates, dice)
                        .fill(staying, candidates, terrain)
                        .map(changed -> new Placement.Chosen<>(changed, rule.worth())));
        return placement instanceof Placement.Chosen<List<BookieId>> chosen
                ? Optional.of(chosen.choice())
                : Optional.empty();
    }

    private Placement.Chosen<BookieId> chosen(
            ClusterSnapshot cluster, Quorum quorum, List<BookieId> ensemble, int position, BookieId bookie) {
        List<BookieId> changed = new ArrayList<>(ensemble);
        changed.set(position, bookie);
        return new Placement.Chosen<>(bookie, adherence(cluster, quorum, changed));
    }

    /** One look for a choice that keeps a rule. */
    private interface Look<T> {
        Optional<Placement.Chosen<T>> at(WindowRule rule, List<BookieId> candidates);
    }

    private <T> Placement<T> firstThatFits(
            ClusterSnapshot cluster,
            Quorum quorum,
            Set<BookieId> excluded,
            List<BookieId> members,
            int needed,
            Look<T> look) {
        List<BookieId> all = allowed(cluster, excluded, members);
        List<BookieId> healthy = all.stream()
                .filter(bookie -> !cluster.quarantined().contains(bookie))
                .toList();
        List<List<BookieId>> pools = healthy.size() == all.size() ? List.of(all) : List.of(healthy, all);
        List<WindowRule> ladder = terrain.ladder(quorum);
        for (List<BookieId> pool : pools) {
            for (WindowRule rule : pool.size() < needed ? List.<WindowRule>of() : ladder) {
                Optional<Placement.Chosen<T>> found = look.at(rule, pool);
                if (found.isPresent()) {
                    return found.get();
                }
            }
        }
        Map<String, List<BookieId>> leftOut = leftOut(cluster, excluded, members);
        if (all.size() < needed && refused(cluster).isEmpty()) {
            return new Placement.NotEnough<>(needed, all.size());
        }
        return new Placement.Unmet<>(ladder.get(ladder.size() - 1).words(), byLocation(cluster, all), leftOut);
    }

    /** Writable bookies that the policy itself has no use for. */
    private List<BookieId> refused(ClusterSnapshot cluster) {
        return cluster.writable().stream()
                .filter(bookie -> terrain.refusal(locationOf(cluster, bookie)).isPresent())
                .toList();
    }

    private List<BookieId> allowed(ClusterSnapshot cluster, Set<BookieId> excluded, List<BookieId> members) {
        return cluster.writable().stream()
                .filter(bookie -> !excluded.contains(bookie) && !members.contains(bookie))
                .filter(bookie -> terrain.refusal(locationOf(cluster, bookie)).isEmpty())
                .toList();
    }

    private Map<String, List<BookieId>> leftOut(
            ClusterSnapshot cluster, Set<BookieId> excluded, List<BookieId> members) {
        Map<String, List<BookieId>> reasons = new TreeMap<>();
        for (BookieId bookie : cluster.writable()) {
            Optional<String> refusal = terrain.refusal(locationOf(cluster, bookie));
            if (excluded.contains(bookie) && !members.contains(bookie)) {
                reasons.computeIfAbsent("failed", why -> new ArrayList<>()).add(bookie);
            } else if (refusal.isPresent() && !members.contains(bookie)) {
                reasons.computeIfAbsent(refusal.get(), why -> new ArrayList<>()).add(bookie);
            }
        }
        return reasons;
    }

    private Map<NetworkLocation, List<BookieId>> byLocation(ClusterSnapshot cluster, List<BookieId> bookies) {
        return bookies.stream().collect(Collectors.groupingBy(bookie -> locationOf(cluster, bookie)));
    }

    private EnsembleSearch search(
            ClusterSnapshot cluster, Quorum quorum, WindowRule rule, List<BookieId> candidates, Dice dice) {
        Function<BookieId, NetworkLocation> locations = bookie -> locationOf(cluster, bookie);
        return new EnsembleSearch(quorum, rule, locations, new Weights(candidates, cluster.freeBytes()), dice);
    }

    private NetworkLocation locationOf(ClusterSnapshot cluster, BookieId bookie) {
        return cluster.locationOf(bookie)
                .filter(location -> terrain.depth() == 0 || location.depth() == terrain.depth())
                .orElseGet(terrain::defaultLocation);
    }

    @Override
    public Adherence adherence(ClusterSnapshot cluster, Quorum quorum, List<BookieId> ensemble) {
        boolean refused = ensemble.stream()
                .anyMatch(bookie -> terrain.refusal(locationOf(cluster, bookie)).isPresent());
        if (refused || terrain.misfit(quorum).isPresent()) {
            return Adherence.FAILS;
        }
        return terrain.ladder(quorum).stream()
                .filter(rule ->
                        search(cluster, quorum, rule, ensemble, new Dice(0)).holds(ensemble))
                .map(WindowRule::worth)
                .findFirst()
                .orElse(Adherence.FAILS);
    }
}
