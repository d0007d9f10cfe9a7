package dev.daybook.core.health;

import dev.daybook.core.health.RankedPosition.Rank;
import dev.daybook.core.place.ClusterSnapshot;
import dev.daybook.core.quorum.Striping;
import dev.daybook.protocol.model.BookieId;
import dev.daybook.protocol.model.Quorum;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * Sorts the replicas of an entry by how soon and how well they are likely to answer. Stable: without reason to prefer
 * one, they stay in the order of writing, which spreads a ledger's reads over its bookies. Source: client protocol
 * specification, section 10.4.
 */
public final class ReadOrder {
    /** Behind at most this many local replicas comes the first remote one, so that a lost region costs little. */
    private static final int LOCAL_FIRST_MAX = 2;

    private final FaultDetector detector;
    private final ClusterSnapshot cluster;
    private final Predicate<BookieId> writable;
    private final Optional<String> region;

    /**
     * @param writable whether a request to the bookie would leave at once
     * @param region the reader's own; empty if regions do not matter
     */
    public ReadOrder(
            FaultDetector detector, ClusterSnapshot cluster, Predicate<BookieId> writable, Optional<String> region) {
        this.detector = detector;
        this.cluster = cluster;
        this.writable = writable;
        this.region = region;
    }

    public List<RankedPosition> of(Quorum quorum, long entryId, List<BookieId> ensemble, long nowNanos) {
        int[] writeSet = Striping.writeSet(quorum, entryId);
        List<BookieId> replicas = new ArrayList<>(writeSet.length);
        for (int position : writeSet) {
            replicas.add(ensemble.get(position));
        }
        List<RankedPosition> ranked = new ArrayList<>(writeSet.length);
        for (int position : writeSet) {
            ranked.add(new RankedPosition(position, rank(ensemble.get(position), replicas, nowNanos)));
        }
        ranked.sort(Comparator.comparing(RankedPosition::rank));
        bringRemoteForward(ranked);
        return ranked;
    }

    private Rank rank(BookieId bookie, List<BookieId> replicas, long nowNanos) {
        boolean readOnly = cluster.readOnly().contains(bookie);
        if (!readOnly && !cluster.isWritable(bookie) && cluster.isKnown()) {
            return Rank.UNAVAILABLE;
        } else if (!writable.test(bookie) || detector.isSlow(bookie, replicas, nowNanos)) {
            return Rank.SLOW;
        } else if (readOnly) {
            return Rank.READ_ONLY;
        } else if (detector.isDoubtful(bookie, nowNanos)) {
            return Rank.DOUBTFUL;
        }
        return isRemote(bookie) ? Rank.REMOTE : Rank.SOUND;
    }

    private boolean isRemote(BookieId bookie) {
        return region.isPresent()
                && cluster.locationOf(bookie)
                        .filter(location -> !location.top().equals(region.get()))
                        .isPresent();
    }

    private static void bringRemoteForward(List<RankedPosition> ranked) {
        int firstRemote = 0;
        while (firstRemote < ranked.size() && ranked.get(firstRemote).rank() != Rank.REMOTE) {
            firstRemote++;
        }
        if (firstRemote > LOCAL_FIRST_MAX && firstRemote < ranked.size()) {
            ranked.add(LOCAL_FIRST_MAX, ranked.remove(firstRemote));
        }
    }

    /** The bare positions. */
    public static List<Integer> positions(List<RankedPosition> ranked) {
        return ranked.stream().map(RankedPosition::position).toList();
    }
}
