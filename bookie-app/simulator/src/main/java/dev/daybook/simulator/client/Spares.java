package dev.daybook.simulator.client;

import dev.daybook.core.place.ClusterSnapshot;
import dev.daybook.protocol.model.BookieId;
import dev.daybook.simulator.world.BrokenRule;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/** Bookies that could always have taken over: there from the beginning, never away, and never asked for anything. */
final class Spares {
    private final Set<BookieId> untouched;

    Spares(ClusterSnapshot cluster) {
        this.untouched = new TreeSet<>(cluster.writable());
    }

    void onClusterChanged(ClusterSnapshot cluster) {
        untouched.retainAll(cluster.writable());
    }

    void onAsked(BookieId bookie) {
        untouched.remove(bookie);
    }

    /** Nobody gives up for want of bookies while there is one beside those who are members anyway. */
    void requireNone(long ledgerId, String client, List<BookieId> members) {
        members.forEach(untouched::remove);
        BrokenRule.require(
                untouched.isEmpty(),
                "C12",
                ledgerId,
                client + " gives up for want of bookies although it never tried " + untouched);
    }
}
