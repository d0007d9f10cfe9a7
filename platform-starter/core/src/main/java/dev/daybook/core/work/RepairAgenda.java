package dev.daybook.core.work;

import dev.daybook.core.effect.Dice;
import dev.daybook.core.effect.Outbox;
import dev.daybook.core.repair.CompleteRepair;
import dev.daybook.core.repair.Stall;
import dev.daybook.core.repair.StallReason;
import dev.daybook.protocol.model.BookieId;
import dev.daybook.protocol.model.LedgerId;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeMap;

/**
 * The work of one replication worker: which marked ledger is next, the worst risk first, and what follows each outcome.
 * Scans tell it of the marks; it learns of changes no other way. Source: auto-recovery specification, section 5.
 *
 * <p>Different from there, a recovered ledger is repaired at once, with the lock still held, and a back-off ends early
 * when bookies come.
 *
 * <p>Not thread-safe: one loop owns it, calls one method at a time and then drains the outbox. Times are milliseconds of
 * a clock that never jumps.
 */
public final class RepairAgenda {
    /** Ledgers that are locked at once, most of them waiting for time to pass. */
    private static final int LOCKED_MAX = 1_000;

    /** Stalls that end when bookies come or free space. */
    private static final Set<StallReason> FOR_WANT_OF_BOOKIES =
            EnumSet.of(StallReason.NO_TARGET, StallReason.NO_SOURCE, StallReason.TARGET_FAILED, StallReason.UNANSWERED);

    private final Outbox<WorkTraffic> outbox = new Outbox<>();
    private final CaseBook cases = new CaseBook();
    private final WorkPace pace;
    private final Dice dice;
    private int slots;
    private final boolean movesMisplaced;
    private boolean enabled;
    private long scan;
    private long bookieChanges;

    /** Leaves ledgers alone of which only the placement is marked as wrong. */
    public RepairAgenda(WorkPace pace, int slots, boolean enabled, Dice dice) {
        this(pace, slots, enabled, dice, false);
    }

    /**
     * @param slots repairs at once, at most; none are begun with 0
     * @param movesMisplaced whether marks without bookies are work as well
     */
    public RepairAgenda(WorkPace pace, int slots, boolean enabled, Dice dice, boolean movesMisplaced) {
        this.movesMisplaced = movesMisplaced;
        this.pace = pace;
        this.dice = dice;
        this.slots = checked(slots);
        this.enabled = enabled;
    }

    private static int checked(int slots) {
        if (slots < 0) {
            throw new IllegalArgumentException("a worker cannot have " + slots + " slots");
        }
        return slots;
    }

    public void onSlots(int newSlots) {
        slots = checked(newSlots);
        beginNext();
    }

    /** What was begun is finished; what waits with its lock held gives it back when everything is switched off. */
    public void onEnabled(boolean nowEnabled) {
        enabled = nowEnabled;
        if (!enabled) {
            for (LedgerCase waiting : cases.all()) {
                if (waiting.state.isLocked() && !waiting.state.isBusy()) {
                    release(waiting, Optional.of(WorkState.WAITING_FOR_SLOT));
                }
            }
        }
        beginNext();
    }

    /** All marks are going to be seen again. */
    public void onScanBegun() {
        scan++;
    }

    /** Whether the risk of a ledger with such a mark is known. */
    public boolean isRated(LedgerId ledger, Set<BookieId> missing) {
        return cases.find(ledger)
                .filter(known -> known.rated && known.missing.equals(missing))
                .isPresent();
    }

    public void onMark(MarkSeen mark) {
        LedgerCase seen = cases.find(mark.ledger()).orElseGet(() -> newCase(mark));
        seen.seenByScan = scan;
        if (seen.state.isLocked()) {
            return; // Its own round decides.
        }
        seen.missing = mark.missing();
        mark.risk().ifPresent(risk -> cases.rate(seen, risk));
        seen.holder = mark.lockedBy().orElse("");
        if (isLeftAlone(mark.missing())) {
            cases.move(seen, WorkState.PLACEMENT_ONLY);
        } else if (mark.lockedBy().isPresent()) {
            cases.move(seen, WorkState.LOCKED_ELSEWHERE);
        } else if (seen.state != WorkState.POSTPONED) {
            cases.move(seen, WorkState.WAITING_FOR_SLOT);
            cases.trim();
        }
    }

    private boolean isLeftAlone(Set<BookieId> missing) {
        return missing.isEmpty() && !movesMisplaced;
    }

    private LedgerCase newCase(MarkSeen mark) {
        LedgerCase added =
                new LedgerCase(mark.ledger(), mark.missing(), mark.risk().orElse(Risk.NONE), dice.nextLong());
        cases.add(added);
        return added;
    }

    /** Marks that were not seen are gone. Nothing begins before: a page alone does not tell which risk is the worst. */
    public void onScanEnded() {
        for (LedgerCase known : cases.all()) {
            if (!known.state.isLocked() && known.seenByScan != scan) {
                cases.remove(known);
            }
        }
        beginNext();
    }

    /** Bookies have come or gone, so that risks are others, and what was impossible may be possible. */
    public void onBookies() {
        bookieChanges++;
        for (LedgerCase known : cases.all()) {
            known.rated = false;
            if (known.state == WorkState.BACK_OFF && wantsBookies(known)) {
                cases.move(known, WorkState.RESUMING);
            }
        }
        beginNext();
    }

    private static boolean wantsBookies(LedgerCase known) {
        return known.stalls.stream().anyMatch(stall -> FOR_WANT_OF_BOOKIES.contains(stall.reason()));
    }

    private void beginNext() {
        while (cases.busy() < slots) {
            Optional<LedgerCase> resumed = cases.firstResuming();
            Optional<LedgerCase> taken =
                    enabled && cases.locked() < LOCKED_MAX ? cases.worst() : Optional.<LedgerCase>empty();
            if (resumed.isPresent()) {
                repair(resumed.get());
            } else if (taken.isPresent()) {
                cases.move(taken.get(), WorkState.TAKING);
                outbox.emit(new TakeLedger(taken.get().ledger));
            } else {
                return;
            }
        }
    }

    private void repair(LedgerCase begun) {
        begun.begunAfterChanges = bookieChanges;
        cases.move(begun, WorkState.REPAIRING);
        outbox.emit(new RepairLedger(begun.ledger, begun.missing));
    }

    public void onTaken(LedgerId ledger, Taking taking, long nowMillis) {
        LedgerCase asked = cases.get(ledger);
        boolean takenInVain = asked.takenInVain;
        asked.takenInVain = false;
        if (taking instanceof Taking.Taken taken) {
            asked.missing = taken.missing();
            if (takenInVain) {
                release(asked, Optional.of(WorkState.WAITING_FOR_SLOT));
            } else if (isLeftAlone(taken.missing())) {
                release(asked, Optional.of(WorkState.PLACEMENT_ONLY));
            } else {
                repair(asked);
            }
        } else if (taking instanceof Taking.LockedElsewhere) {
            cases.move(asked, WorkState.LOCKED_ELSEWHERE);
        } else if (taking instanceof Taking.Unavailable unavailable) {
            note(asked, unavailable.why());
            cases.moveUntil(asked, WorkState.POSTPONED, nowMillis + pace.backOffMillis(asked.failures));
        } else {
            cases.remove(asked);
        }
        beginNext();
    }

    private static void note(LedgerCase failed, String trouble) {
        failed.failures++;
        failed.stalls = List.of();
        failed.trouble = trouble;
    }

    public void onRepaired(LedgerId ledger, CompleteRepair.Outcome outcome, long nowMillis) {
        LedgerCase ended = cases.get(ledger);
        if (outcome instanceof CompleteRepair.Outcome.Stalled stalled) {
            ended.stalls = stalled.stalls();
            onStalled(ended, nowMillis);
        } else {
            ended.stalls = List.of();
            cases.move(ended, WorkState.UNMARKING);
            outbox.emit(new UnmarkLedger(ledger));
        }
        beginNext();
    }

    private void onStalled(LedgerCase stalled, long nowMillis) {
        boolean open = stalled.stalls.stream().map(Stall::reason).anyMatch(StallReason.OPEN::equals);
        if (!enabled) {
            release(stalled, Optional.of(WorkState.WAITING_FOR_SLOT));
        } else if (!open) {
            stalled.failures++;
            if (stalled.begunAfterChanges != bookieChanges && wantsBookies(stalled)) {
                cases.move(stalled, WorkState.RESUMING); // Who has come meanwhile may not have been thought of.
                return;
            }
            cases.moveUntil(stalled, WorkState.BACK_OFF, nowMillis + pace.backOffMillis(stalled.failures));
        } else if (stalled.graceOver || pace.graceMillis() == 0) {
            cases.move(stalled, WorkState.RECOVERING);
            outbox.emit(new RecoverLedger(stalled.ledger));
        } else {
            cases.moveUntil(stalled, WorkState.GRACE_PERIOD, nowMillis + pace.graceMillis());
        }
    }

    /**
     * A repair, recovery or removal of a mark failed for a reason that says nothing about copies. Others may try.
     *
     * @param why one sentence for a person
     */
    public void onFailed(LedgerId ledger, String why, long nowMillis) {
        LedgerCase failed = cases.get(ledger);
        note(failed, why);
        failed.untilMillis = nowMillis + pace.backOffMillis(failed.failures);
        release(failed, Optional.of(WorkState.POSTPONED));
        beginNext();
    }

    /** It is closed now. */
    public void onRecovered(LedgerId ledger) {
        LedgerCase closed = cases.get(ledger);
        closed.graceOver = false;
        repair(closed);
    }

    public void onUnmarked(LedgerId ledger, Unmarking unmarking) {
        LedgerCase done = cases.get(ledger);
        done.failures = 0;
        done.graceOver = false;
        release(done, unmarking == Unmarking.REMOVED ? Optional.empty() : Optional.of(WorkState.WAITING_FOR_SLOT));
        beginNext();
    }

    /**
     * The session that held them has ended, so somebody else may repair these ledgers already. They are asked for again,
     * also those that are being asked for now, because that may have been in the old session.
     */
    public void onLocksLost() {
        for (LedgerCase known : cases.all()) {
            switch (known.state) {
                case REPAIRING, RECOVERING, UNMARKING -> {
                    outbox.emit(new AbandonRepair(known.ledger));
                    release(known, Optional.of(WorkState.WAITING_FOR_SLOT));
                }
                case GRACE_PERIOD, BACK_OFF, RESUMING -> release(known, Optional.of(WorkState.WAITING_FOR_SLOT));
                case TAKING -> known.takenInVain = true;
                default -> {}
            }
        }
    }

    private void release(LedgerCase released, Optional<WorkState> after) {
        released.afterRelease = after;
        released.graceOver = false;
        cases.move(released, WorkState.RELEASING);
        outbox.emit(new ReleaseLedger(released.ledger));
    }

    public void onReleased(LedgerId ledger) {
        LedgerCase released = cases.get(ledger);
        if (released.afterRelease.isPresent()) {
            cases.move(released, released.afterRelease.get());
        } else {
            cases.remove(released);
        }
        beginNext();
    }

    /** Call at {@link #nextTimeMillis} or a little later. */
    public void onTime(long nowMillis) {
        for (LedgerCase due : cases.dueBy(nowMillis)) {
            switch (due.state) {
                case GRACE_PERIOD -> {
                    due.graceOver = true;
                    cases.move(due, WorkState.RESUMING);
                }
                case BACK_OFF -> release(due, Optional.of(WorkState.WAITING_FOR_SLOT));
                default -> cases.move(due, WorkState.WAITING_FOR_SLOT);
            }
        }
        beginNext();
    }

    public OptionalLong nextTimeMillis() {
        return cases.nextTimeMillis();
    }

    /** Ledgers that could be repaired now if there were slots. */
    public int waiting() {
        return enabled ? cases.count(WorkState.WAITING_FOR_SLOT) : 0;
    }

    /** How many ledgers are in which state; those that are in none are left out. */
    public Map<WorkState, Integer> counts() {
        Map<WorkState, Integer> counts = new TreeMap<>();
        for (WorkState state : WorkState.values()) {
            int count = cases.count(state);
            if (count > 0) {
                counts.merge(shown(state), count, Integer::sum);
            }
        }
        return counts;
    }

    /** How many ledgers wait for which reason since their last attempt. */
    public Map<StallReason, Integer> stalls() {
        Map<StallReason, Integer> counts = new EnumMap<>(StallReason.class);
        for (LedgerCase known : cases.all()) {
            known.stalls.stream()
                    .map(Stall::reason)
                    .distinct()
                    .forEach(reason -> counts.merge(reason, 1, Integer::sum));
        }
        return counts;
    }

    private WorkState shown(WorkState state) {
        return state == WorkState.WAITING_FOR_SLOT && !enabled ? WorkState.DISABLED : state;
    }

    /** How it stands with at most so many ledgers, those first that are locked here, then by risk. */
    public List<LedgerWork> works(long nowMillis, int limit) {
        return cases.all().stream()
                .sorted(Comparator.<LedgerCase, Boolean>comparing(known -> !known.state.isLocked())
                        .thenComparing(Comparator.naturalOrder()))
                .limit(limit)
                .map(known -> known.work(shown(known.state), nowMillis, slots))
                .toList();
    }

    public void drainTo(WorkTraffic handler) {
        outbox.drainTo(handler);
    }
}
