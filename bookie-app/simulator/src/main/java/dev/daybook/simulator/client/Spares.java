package dev.daybook.simulator.client;

import dev.daybook.core.place.ClusterSnapshot;
import dev.daybook.protocol.model.BookieId;
import dev.daybook.simulator.world.BrokenRule;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Bookies that could take over: the client sees them, and has never asked them for anything. */
final class Spares {
    private final Set<BookieId> asked = new HashSet<>();
    private ClusterSnapshot cluster;

    Spares(ClusterSnapshot cluster) {
        this.cluster = cluster;
    }

    void onClusterChanged(ClusterSnapshot newCluster) {
        cluster = newCluster;
    }

    void onAsked(BookieId bookie) {
        asked.add(bookie);
    }

    /** Nobody gives up for want of bookies while there is one beside those who are members anyway. */
    void requireNone(long ledgerId, String client, List<BookieId> members) {
        List<BookieId> untouched = cluster.writable().stream()
                .filter(bookie -> !asked.contains(bookie) && !members.contains(bookie))
                .toList();
        BrokenRule.require(
                untouched.isEmpty(),
                "C12",
                ledgerId,
                client + " gives up for want of bookies although it never tried " + untouched);
    }
}
