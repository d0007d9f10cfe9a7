package dev.daybook.core.job;

import dev.daybook.protocol.model.BookieId;
import dev.daybook.protocol.model.LedgerId;
import dev.daybook.protocol.model.LedgerMetadata;
import java.util.HashSet;
import java.util.Set;

/** Counts what emptying a bookie means, ledger by ledger, before anything is moved. Not thread-safe. */
public final class JobSurvey {
    private final JobOrder.Evacuation order;
    private final Set<BookieId> alive;
    private final Set<BookieId> takers;
    private long ledgers;
    private long open;
    private long bytes;
    private long stuckCount;
    private Blockers foreseen = Blockers.NONE;

    /**
     * @param alive bookies that are registered
     * @param writable those of them that take new entries
     */
    public JobSurvey(JobOrder.Evacuation order, Set<BookieId> alive, Set<BookieId> writable) {
        this.order = order;
        this.alive = Set.copyOf(alive);
        this.takers = new HashSet<>(writable);
        takers.remove(order.bookie());
    }

    /** Each ledger of the cluster once. */
    public void add(LedgerId ledger, LedgerMetadata metadata) {
        LedgerShare share = new LedgerShare(metadata, order.bookie());
        if (!share.exists()) {
            return;
        }
        ledgers++;
        bytes += share.bytes();
        if (share.isBeingWritten()) {
            open++;
        }
        if (share.isLost(alive)) {
            foreseen = foreseen.plus(new Blocker(ledger, Reasons.lost(order.bookie())));
        } else if (share.isStuck(takers)) {
            stuckCount++;
            foreseen = foreseen.plus(new Blocker(ledger, Reasons.noTarget(order.bookie())));
        }
    }

    public JobPlan plan() {
        return new JobPlan(order, ledgers, open, bytes, foreseen, refusal());
    }

    private String refusal() {
        if (order.successor().filter(next -> !takers.contains(next)).isPresent()) {
            return "Bookie " + order.successor().get() + " takes no new entries, so it cannot follow " + order.bookie()
                    + ": start it first, and see that it is not read-only.";
        }
        if (stuckCount > 0 && !order.forced()) {
            return "Without bookie " + order.bookie() + " only " + takers.size()
                    + (takers.size() == 1 ? " bookie takes" : " bookies take") + " entries, which are too few for "
                    + stuckCount + (stuckCount == 1 ? " ledger" : " ledgers")
                    + ": add a bookie first, or force it to move everything else.";
        }
        return "";
    }
}
