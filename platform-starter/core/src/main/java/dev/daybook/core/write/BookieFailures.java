package dev.daybook.core.write;

import dev.daybook.core.effect.Dice;
import dev.daybook.core.place.ClusterSnapshot;
import dev.daybook.core.place.Placement;
import dev.daybook.core.place.PlacementPolicy;
import dev.daybook.protocol.model.BookieId;
import dev.daybook.protocol.model.Quorum;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * Bookies to be replaced, by ensemble position: those that started an ensemble change, those that failed while one was
 * under way, and those that failed an entry which did not need them any more. Source: client protocol specification,
 * sections 7.1 and 7.2.
 */
public final class BookieFailures {
    private final Quorum quorum;
    private final PlacementPolicy placement;
    private final Dice dice;

    private final TreeMap<Integer, BookieId> failed = new TreeMap<>();
    /** Every bookie that failed since the last settled change, so that two bad ones are not swapped for each other. */
    private final Set<BookieId> excluded = new HashSet<>();

    private ClusterSnapshot cluster;
    /** What a strict policy missed the last time. */
    private Optional<String> unmet = Optional.empty();

    public BookieFailures(Quorum quorum, PlacementPolicy placement, ClusterSnapshot cluster, Dice dice) {
        this.quorum = quorum;
        this.placement = placement;
        this.cluster = cluster;
        this.dice = dice;
    }

    public void onClusterChanged(ClusterSnapshot newCluster) {
        cluster = newCluster;
    }

    public void add(int position, BookieId bookie) {
        failed.put(position, bookie);
        excluded.add(bookie);
    }

    /** True if a failed bookie is still a member. Forgets those that are not. */
    public boolean concern(List<BookieId> ensemble) {
        failed.entrySet().removeIf(failure -> !ensemble.get(failure.getKey()).equals(failure.getValue()));
        return !failed.isEmpty();
    }

    /**
     * The ensemble with as many failed members replaced as possible. Those that cannot be are forgotten: if they fail
     * again they come back. Empty if none can be.
     */
    public Optional<List<BookieId>> replaceIn(List<BookieId> ensemble) {
        List<BookieId> changed = new ArrayList<>(ensemble);
        Map<Integer, BookieId> replaced = new HashMap<>();
        failed.forEach((position, bookie) -> {
            Placement<BookieId> next = placement.replacement(cluster, quorum, changed, position, excluded, dice);
            if (next instanceof Placement.Chosen<BookieId> chosen) {
                changed.set(position, chosen.choice());
                replaced.put(position, bookie);
            } else if (next instanceof Placement.Unmet<BookieId> refused) {
                unmet = Optional.of(refused.describe());
            }
        });
        failed.keySet().retainAll(replaced.keySet());
        return replaced.isEmpty() ? Optional.empty() : Optional.of(List.copyOf(changed));
    }

    /** Failed bookies that are known and not given up. */
    int count() {
        return failed.size();
    }

    /** A change is over; whoever failed before may be chosen again by the next one. */
    public void settled() {
        excluded.clear();
        excluded.addAll(failed.values());
    }

    /** For a message: who failed. */
    String names() {
        return failed.values().stream().map(bookie -> "bookie " + bookie).collect(Collectors.joining(" and "));
    }

    /** For a message: why nobody takes over. */
    public String describe() {
        return "None of the " + cluster.writable().size() + " writable bookies can replace " + excluded
                + unmet.map(why -> ": " + why).orElse("");
    }
}
