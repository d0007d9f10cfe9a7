package dev.daybook.core.write;

import dev.daybook.core.effect.Dice;
import dev.daybook.core.place.ClusterSnapshot;
import dev.daybook.core.place.Placement;
import dev.daybook.core.place.PlacementPolicy;
import dev.daybook.core.quorum.Striping;
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
import java.util.TreeSet;
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

    /** Members that nobody could take over for, in the cluster as it is known. */
    private final Map<Integer, BookieId> irreplaceable = new HashMap<>();

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
        irreplaceable.clear();
    }

    public void add(int position, BookieId bookie) {
        failed.put(position, bookie);
        excluded.add(bookie);
    }

    /**
     * As {@link #add}, but for members only that somebody might take over for. A dead bookie fails every entry that it is
     * sent, and to look each time for what was not there a moment ago would cost more than the entry.
     *
     * @return false if it was left at that
     */
    boolean addReplaceable(int position, BookieId bookie) {
        if (bookie.equals(irreplaceable.get(position))) {
            return false;
        }
        add(position, bookie);
        return true;
    }

    /** True if a failed bookie is still a member. Forgets those that are not. */
    public boolean concern(List<BookieId> ensemble) {
        failed.entrySet().removeIf(failure -> !ensemble.get(failure.getKey()).equals(failure.getValue()));
        return !failed.isEmpty();
    }

    /**
     * The ensemble with failed members replaced. Those that cannot be are forgotten: if they fail again they come back.
     * Empty if none can be.
     *
     * <p>Bookies in quarantine take over only when the members that are left make no ack quorum: to swap one bookie that
     * does not work for another costs a metadata change for nothing, and the next one when that fails, too.
     */
    public Optional<List<BookieId>> replaceIn(List<BookieId> ensemble) {
        return replaceIn(ensemble, false);
    }

    /** @param all whether no failed member may stay, whoever takes over */
    Optional<List<BookieId>> replaceIn(List<BookieId> ensemble, boolean all) {
        List<BookieId> changed = new ArrayList<>(ensemble);
        Set<BookieId> avoided = new HashSet<>(excluded);
        avoided.addAll(cluster.quarantined());
        Set<Integer> bad = new TreeSet<>(failed.keySet());
        bad.removeIf(position -> replace(changed, position, avoided));
        if (all || breakQuorums(bad)) {
            bad.removeIf(position -> replace(changed, position, excluded));
        }
        failed.keySet().removeAll(bad);
        if (!failed.isEmpty()) {
            return Optional.of(List.copyOf(changed));
        }
        if (ensemble.containsAll(excluded)) { // Else a bookie that was passed over now may do the next time.
            bad.forEach(position -> irreplaceable.put(position, ensemble.get(position)));
        }
        return Optional.empty();
    }

    private boolean replace(List<BookieId> ensemble, int position, Set<BookieId> avoided) {
        Placement<BookieId> next = placement.replacement(cluster, quorum, ensemble, position, avoided, dice);
        if (next instanceof Placement.Chosen<BookieId> chosen) {
            ensemble.set(position, chosen.choice());
            return true;
        } else if (next instanceof Placement.Unmet<BookieId> refused) {
            unmet = Optional.of(refused.describe());
        }
        return false;
    }

    /** Some write set is left with fewer members than an ack quorum. */
    private boolean breakQuorums(Set<Integer> bad) {
        for (int start = 0; start < quorum.ensemble(); start++) {
            int good = 0;
            for (int position : Striping.writeSet(quorum, start)) {
                good += bad.contains(position) ? 0 : 1;
            }
            if (good < quorum.ack()) {
                return true;
            }
        }
        return false;
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
