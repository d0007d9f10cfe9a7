package dev.daybook.client.loop;

import dev.daybook.client.net.NetworkLoop;
import dev.daybook.metrics.ClientMetrics;
import dev.daybook.protocol.model.BookieId;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;

/**
 * What the loops of a client find out about bookies: passed on where it spares the others a failure, and counted for the
 * whole client. Thread-safe.
 */
final class Hearsay {
    private final Map<NetworkLoop, LedgerLoop> loops;
    private final ClientMetrics metrics;

    /** In how many loops a bookie is in quarantine. */
    private final Map<BookieId, Integer> quarantines = new HashMap<>();

    /** @param loops filled before the first of them runs */
    Hearsay(Map<NetworkLoop, LedgerLoop> loops, ClientMetrics metrics) {
        this.loops = loops;
        this.metrics = metrics;
    }

    /** Each loop finds out by itself in the end; this spares the others the failure. */
    void unreachable(NetworkLoop by, BookieId bookie) {
        loops.forEach((net, loop) -> {
            if (net != by) {
                loop.execute(() -> loop.health().heardUnreachable(bookie));
            }
        });
    }

    /** Of one loop. A bookie counts once for the client, in however many loops it is in quarantine. */
    synchronized void quarantineChanged(Set<BookieId> before, Set<BookieId> now) {
        int known = quarantines.size();
        before.forEach(bookie -> quarantines.computeIfPresent(bookie, (id, count) -> count > 1 ? count - 1 : null));
        now.forEach(bookie -> quarantines.merge(bookie, 1, Integer::sum));
        tell(quarantines.size() - known);
    }

    private void tell(int change) {
        if (change != 0) {
            metrics.quarantineChanged(change);
        }
    }

    /** The client is closed: it avoids nobody any more. */
    synchronized void end() {
        int known = quarantines.size();
        quarantines.clear();
        tell(-known);
    }
}
