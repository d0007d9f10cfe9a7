package dev.daybook.simulator.client;

import static dev.daybook.simulator.world.BrokenRule.require;

import dev.daybook.core.quorum.Answer;
import dev.daybook.core.quorum.Striping;
import dev.daybook.core.read.VerifiedEntry;
import dev.daybook.protocol.model.BookieId;
import dev.daybook.protocol.model.LedgerMetadata;
import dev.daybook.simulator.world.Actor;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Asks every replica of every entry of a closed ledger, past the client's readers. */
public final class ReplicaCensus {
    private final Surroundings around;
    private final long ledgerId;
    private final LedgerMetadata closed;
    private final BookieCalls bookies;
    private final Map<Long, Integer> copies = new HashMap<>();

    public ReplicaCensus(Surroundings around, String name, long ledgerId, LedgerMetadata closed) {
        this.around = around;
        this.ledgerId = ledgerId;
        this.closed = closed;
        Actor process = new Actor(around.world(), name);
        this.bookies = new BookieCalls(
                around, process, ledgerId, new Packet.Holdings(), new ClusterView(around, process).health());
    }

    public void start() {
        for (long entryId = 0; entryId <= last(); entryId++) {
            long asked = entryId;
            List<BookieId> ensemble = closed.fragmentOf(entryId).ensemble();
            for (int position : Striping.writeSet(closed.quorum(), entryId)) {
                bookies.read(ensemble.get(position), entryId, false, answer -> count(asked, answer));
            }
        }
    }

    private long last() {
        return closed.end().orElseThrow().lastEntryId();
    }

    private void count(long entryId, Answer<VerifiedEntry<Packet>> answer) {
        if (answer instanceof Answer.Positive<VerifiedEntry<Packet>>) {
            copies.merge(entryId, 1, Integer::sum);
        }
    }

    /** I3 on the disks themselves; what was destroyed within the budget is forgiven. */
    public void check() {
        for (long entryId = 0; entryId <= last(); entryId++) {
            int found = copies.getOrDefault(entryId, 0);
            int needed = closed.quorum().ack() - around.truth().destroyed();
            require(
                    found >= needed,
                    "I3",
                    ledgerId,
                    "entry " + entryId + " of a closed ledger has " + found + " readable copies, needed are " + needed);
        }
    }
}
