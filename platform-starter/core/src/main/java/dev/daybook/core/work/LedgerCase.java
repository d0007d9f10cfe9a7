package dev.daybook.core.work;

import dev.daybook.core.repair.Stall;
import dev.daybook.protocol.model.BookieId;
import dev.daybook.protocol.model.LedgerId;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;

/** What a worker knows of one marked ledger. Belongs to the agenda. */
final class LedgerCase implements Comparable<LedgerCase> {
    final LedgerId ledger;

    /** Chance, so that workers that see the same marks do not all ask for the same lock. */
    private final long tieBreak;

    Set<BookieId> missing;
    Risk risk;
    WorkState state = WorkState.WAITING_FOR_SLOT;

    /** Whether {@link #risk} is about the bookies as they are now. */
    boolean rated = true;

    /** What it becomes when its lock is given back; absent if it is forgotten then. */
    Optional<WorkState> afterRelease = Optional.empty();

    /** The scan that has seen it last. */
    long seenByScan;

    /** When {@link WorkState#GRACE_PERIOD}, {@link WorkState#BACK_OFF} or {@link WorkState#POSTPONED} ends. */
    long untilMillis;

    /** Its lock is being asked for, perhaps in a session that has ended. */
    boolean takenInVain;

    /** Its grace period has passed, and the writer has not helped itself. */
    boolean graceOver;

    /** How often the bookies had changed when its repair began. */
    long begunAfterChanges;

    String holder = "";
    int failures;
    List<Stall> stalls = List.of();

    /** One sentence about the last failure that was no stall. */
    String trouble = "";

    LedgerCase(LedgerId ledger, Set<BookieId> missing, Risk risk, long tieBreak) {
        this.ledger = ledger;
        this.missing = missing;
        this.risk = risk;
        this.tieBreak = tieBreak;
    }

    boolean waitsForTime() {
        return state == WorkState.GRACE_PERIOD || state == WorkState.BACK_OFF || state == WorkState.POSTPONED;
    }

    /** @param shown its state, as the worker's own state colours it */
    LedgerWork work(WorkState shown, long nowMillis, int slots) {
        OptionalLong remaining =
                waitsForTime() ? OptionalLong.of(Math.max(0, untilMillis - nowMillis)) : OptionalLong.empty();
        return new LedgerWork(ledger, missing, risk, shown, why(shown, slots), remaining, failures, stalls);
    }

    private String why(WorkState shown, int slots) {
        return switch (shown) {
            case WAITING_FOR_SLOT, RESUMING -> waits(slots);
            case DISABLED -> "Auto-recovery is switched off.";
            case LOCKED_ELSEWHERE -> holder.isEmpty() ? "Locked by somebody else." : "Locked by " + holder + ".";
            case PLACEMENT_ONLY -> "Only its placement is marked as wrong, which this worker does not change.";
            case TAKING -> "Its lock is asked for.";
            case REPAIRING -> "Under repair.";
            case GRACE_PERIOD -> "Open: its writer has time to replace lost bookies before the ledger is closed.";
            case RECOVERING -> "Being recovered and closed, because its writer has not replaced a lost bookie.";
            case UNMARKING -> "Whole; the mark is being removed.";
            case RELEASING -> "Its lock is being given back.";
            case BACK_OFF, POSTPONED -> lastTrouble();
        };
    }

    private static String waits(int slots) {
        return slots == 0
                ? "Waits, because the cluster's limit of ledgers at once leaves this worker none."
                : "Waits until one of " + slots + " repairs of this worker has ended.";
    }

    private String lastTrouble() {
        return stalls.isEmpty()
                ? trouble
                : String.join(" ", stalls.stream().map(Stall::detail).distinct().toList());
    }

    /** The worst risk first. */
    @Override
    public int compareTo(LedgerCase other) {
        int byRisk = risk.compareTo(other.risk);
        if (byRisk != 0) {
            return byRisk;
        }
        int byChance = Long.compare(tieBreak, other.tieBreak);
        return byChance != 0 ? byChance : ledger.compareTo(other.ledger);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof LedgerCase that && ledger.equals(that.ledger);
    }

    @Override
    public int hashCode() {
        return ledger.hashCode();
    }
}
