package dev.daybook.core.job;

import dev.daybook.core.job.JobOrder.Evacuation;
import dev.daybook.core.job.JobOrder.Rebalance;
import dev.daybook.core.job.PassTally.Outlook;
import dev.daybook.core.repair.CompleteRepair.Outcome;
import dev.daybook.core.repair.RepairTally;
import dev.daybook.core.repair.Stall;
import dev.daybook.core.repair.StallReason;
import dev.daybook.protocol.model.BookieId;
import dev.daybook.protocol.model.LedgerId;
import dev.daybook.protocol.model.LedgerMetadata;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** What becomes of one ledger after the other while a job moves copies, and how many have been moved. */
final class LedgerTurns {
    private static final Set<StallReason> STANDING = EnumSet.of(StallReason.NO_SOURCE, StallReason.NO_TARGET);

    private final JobOrder order;
    private final JobPace pace;
    private final Map<LedgerId, Long> openSince = new HashMap<>();
    private Set<BookieId> alive = Set.of();
    private JobProgress progress;
    private PassTally pass = new PassTally();
    private boolean passOverAll;

    LedgerTurns(JobOrder order, JobPace pace, JobProgress progress) {
        this.order = order;
        this.pace = pace;
        this.progress = progress;
    }

    void onAlive(Set<BookieId> now) {
        alive = Set.copyOf(now);
    }

    /** @param overAll whether all ledgers have their turn, not only those that were left over */
    void beginPass(boolean overAll) {
        pass = new PassTally();
        passOverAll = overAll;
    }

    PassTally pass() {
        return pass;
    }

    JobProgress progress() {
        return progress;
    }

    /** So many more are to be moved. */
    void expect(long ledgers) {
        progress = progress.of(progress.moved() + ledgers);
    }

    /** All but these are known to have been moved, by whomever. */
    void allBut(long ledgers) {
        progress = progress.withMoved(Math.max(progress.moved(), progress.ledgers() - ledgers));
    }

    Verdict judge(LedgerId ledger, LedgerMetadata metadata, long nowMillis) {
        Optional<Relocation> wish = order.relocationOf(ledger);
        if (wish.isEmpty()) {
            return Verdict.UNCONCERNED;
        }
        LedgerShare share = new LedgerShare(metadata, wish.get().from());
        if (!share.exists()) {
            onElsewhere(ledger);
            return Verdict.UNCONCERNED;
        }
        if (!share.isBeingWritten()) {
            return Verdict.MOVE;
        }
        openSince.putIfAbsent(ledger, nowMillis);
        if (isGraceOver(ledger, nowMillis) && !alive.contains(share.bookie())) {
            return Verdict.RECOVER;
        }
        if (share.isBeyondLastFragment()) {
            return Verdict.MOVE;
        }
        keepOpen(ledger, share.bookie(), nowMillis);
        return Verdict.LEAVE_ALONE;
    }

    private boolean isGraceOver(LedgerId ledger, long nowMillis) {
        return nowMillis - openSince.getOrDefault(ledger, nowMillis) >= pace.grace();
    }

    /** One that was to be moved has no copies there any more. */
    private void onElsewhere(LedgerId ledger) {
        openSince.remove(ledger);
        if (!passOverAll || order instanceof Rebalance) {
            countMoved();
        }
    }

    private void countMoved() {
        pass.moved();
        progress = progress.withMoved(progress.moved() + 1);
    }

    private void keepOpen(LedgerId ledger, BookieId bookie, long nowMillis) {
        boolean living = alive.contains(bookie);
        pass.kept(
                ledger,
                living ? Reasons.openOnLiving(bookie) : Reasons.openOnDead(bookie, pace.grace()),
                living && isGraceOver(ledger, nowMillis) ? Outlook.STANDING : Outlook.WAITING);
    }

    Relocation relocation(LedgerId ledger, LedgerMetadata metadata) {
        Relocation wish = order.relocationOf(ledger).orElseThrow();
        boolean together = metadata.fragments().stream()
                .anyMatch(fragment -> fragment.ensemble().contains(wish.from())
                        && wish.to().filter(fragment.ensemble()::contains).isPresent());
        return together && order instanceof Evacuation ? new Relocation(wish.from(), Optional.empty()) : wish;
    }

    /** Something was in the way: more than that if nobody has its copies. */
    void keep(LedgerId ledger, LedgerMetadata metadata, String why) {
        BookieId from = order.relocationOf(ledger).orElseThrow().from();
        boolean lost = new LedgerShare(metadata, from).isLost(alive);
        pass.kept(ledger, lost ? Reasons.lost(from) : why, lost ? Outlook.STANDING : Outlook.PASSING);
    }

    void keepUnread(LedgerId ledger, String why) {
        pass.kept(ledger, why, Outlook.STANDING);
    }

    void onRepaired(LedgerId ledger, LedgerMetadata metadata, Outcome outcome, RepairTally tally, long nowMillis) {
        progress = progress.plus(tally);
        BookieId from = order.relocationOf(ledger).orElseThrow().from();
        if (outcome instanceof Outcome.Stalled stalled) {
            onStalled(ledger, metadata, stalled.stalls(), nowMillis);
        } else if (outcome instanceof Outcome.Whole whole
                && new LedgerShare(whole.record().value(), from).exists()) {
            pass.kept(ledger, Reasons.stillMember(from), Outlook.PASSING);
        } else {
            openSince.remove(ledger);
            countMoved();
        }
    }

    private void onStalled(LedgerId ledger, LedgerMetadata metadata, List<Stall> stalls, long nowMillis) {
        BookieId from = order.relocationOf(ledger).orElseThrow().from();
        if (new LedgerShare(metadata, from).isLost(alive)) {
            pass.kept(ledger, Reasons.lost(from), Outlook.STANDING);
            return;
        }
        Optional<Stall> standing = stalls.stream()
                .filter(stall -> STANDING.contains(stall.reason()))
                .findFirst();
        if (standing.isPresent()) {
            pass.kept(ledger, standing.get().detail(), Outlook.STANDING);
        } else if (stalls.stream().allMatch(stall -> stall.reason() == StallReason.OPEN)) {
            keepOpen(ledger, from, nowMillis);
        } else {
            pass.kept(ledger, stalls.get(0).detail(), Outlook.PASSING);
        }
    }
}
