package dev.daybook.client.loop;

import dev.daybook.core.repair.CopyRoute;
import dev.daybook.core.repair.CopyRoute.Purpose;
import dev.daybook.protocol.model.BookieId;
import java.util.HashMap;
import java.util.Map;

/** What was asked in one turn, and the copies that follow from the answers. Over when nothing of it is left. */
final class CopyRun {
    private final LedgerLoop loop;
    private final CopyGate gate;
    private final Map<BookieId, Burst> bursts = new HashMap<>();
    private int left;

    /** @param questions at least one */
    CopyRun(LedgerLoop loop, CopyGate gate, int questions) {
        this.loop = loop;
        this.gate = gate;
        this.left = questions;
    }

    /** Adds to one bookie, from the first on until none is without an answer. */
    private static final class Burst {
        private final long sinceNanos;
        private int unanswered;

        Burst(long sinceNanos) {
            this.sinceNanos = sinceNanos;
        }
    }

    void sending(BookieId bookie) {
        bursts.computeIfAbsent(bookie, any -> new Burst(loop.net().nanoTime())).unanswered++;
    }

    /** @param stored false says that there is no telling how long the answer would have taken */
    void answered(BookieId bookie, boolean stored) {
        long now = loop.net().nanoTime();
        Burst burst = bursts.get(bookie);
        if (burst != null && --burst.unanswered == 0) {
            bursts.remove(bookie);
            if (stored) {
                gate.answered(new CopyRoute(bookie, Purpose.STORE), now - burst.sinceNanos, now);
            }
        }
        if (!stored) {
            gate.pushedBack(now);
        }
    }

    /** Nothing more comes of one question. */
    void leave() {
        left--;
        if (left == 0) {
            gate.end(loop);
        }
    }
}
