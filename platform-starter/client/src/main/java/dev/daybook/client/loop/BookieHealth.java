package dev.daybook.client.loop;

import dev.daybook.core.place.ClusterSnapshot;
import dev.daybook.core.quorum.Striping;
import dev.daybook.protocol.model.BookieId;
import dev.daybook.protocol.model.Quorum;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;

/**
 * Which bookies disappointed lately, so that reads ask the others first and new ensembles do without them. An opinion
 * for ordering only: nobody is left out who is needed. Belongs to one loop.
 */
final class BookieHealth {
    private static final long MEMORY_NANOS = Duration.ofSeconds(30).toNanos();

    private final Map<BookieId, Long> disappointedNanos = new HashMap<>();

    void disappointed(BookieId bookie, long nowNanos) {
        disappointedNanos.put(bookie, nowNanos);
    }

    void answered(BookieId bookie) {
        if (!disappointedNanos.isEmpty()) {
            disappointedNanos.remove(bookie);
        }
    }

    private boolean isDoubtful(BookieId bookie, long nowNanos) {
        Long since = disappointedNanos.get(bookie);
        return since != null && nowNanos - since < MEMORY_NANOS;
    }

    /**
     * Positions of the write set, the doubtful ones last.
     *
     * @param writable whether a request to the bookie would leave at once
     */
    List<Integer> readOrder(
            Quorum quorum, long entryId, List<BookieId> ensemble, Predicate<BookieId> writable, long nowNanos) {
        List<Integer> order = new ArrayList<>(quorum.write());
        List<Integer> doubtful = new ArrayList<>();
        for (int position : Striping.writeSet(quorum, entryId)) {
            BookieId bookie = ensemble.get(position);
            (isDoubtful(bookie, nowNanos) || !writable.test(bookie) ? doubtful : order).add(position);
        }
        order.addAll(doubtful);
        return order;
    }

    /** The cluster without the doubtful bookies; all of it if fewer than {@code needed} would remain. */
    ClusterSnapshot withoutDoubtful(ClusterSnapshot cluster, int needed, long nowNanos) {
        List<BookieId> trusted = cluster.writable().stream()
                .filter(bookie -> !isDoubtful(bookie, nowNanos))
                .toList();
        return trusted.size() < needed ? cluster : new ClusterSnapshot(trusted);
    }
}
