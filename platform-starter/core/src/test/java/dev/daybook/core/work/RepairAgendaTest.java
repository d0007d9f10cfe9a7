package dev.daybook.core.work;

import static org.assertj.core.api.Assertions.assertThat;

import dev.daybook.core.effect.Dice;
import dev.daybook.core.repair.CompleteRepair.Outcome;
import dev.daybook.core.repair.Stall;
import dev.daybook.core.repair.StallReason;
import dev.daybook.protocol.model.BookieId;
import dev.daybook.protocol.model.LedgerId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** What a worker does next, and what it says about the ledgers it does nothing about. */
class RepairAgendaTest {
    private static final Set<BookieId> LOST = Set.of(new BookieId("b"));
    private static final Outcome GONE = new Outcome.Gone();

    private static LedgerId ledger(long id) {
        return new LedgerId(id);
    }

    @Test
    void aWorkerThatMovesCopiesTakesMarksWithoutBookies() {
        Script script = new Script(new RepairAgenda(new WorkPace(1_000, 32_000), 1, true, new Dice(7), true));
        MarkSeen misplaced = new MarkSeen(ledger(1), Set.of(), Optional.of(Risk.NONE), Optional.empty());
        assertThat(script.scan(misplaced)).containsExactly("take 1");
        assertThat(script.after(() -> script.agenda.onTaken(ledger(1), new Taking.Taken(Set.of()), 0)))
                .hasSize(1)
                .allMatch(line -> line.startsWith("repair 1"));
    }

    /** Writes down what the agenda wants. */
    private static final class Script implements WorkTraffic {
        final RepairAgenda agenda;
        final List<String> lines = new ArrayList<>();

        Script(int slots) {
            this(slots, true);
        }

        Script(int slots, boolean enabled) {
            this(new RepairAgenda(new WorkPace(1_000, 32_000), slots, enabled, new Dice(7)));
        }

        Script(RepairAgenda agenda) {
            this.agenda = agenda;
        }

        List<String> after(Runnable event) {
            lines.clear();
            event.run();
            agenda.drainTo(this);
            return List.copyOf(lines);
        }

        List<String> scan(MarkSeen... marks) {
            return after(() -> {
                agenda.onScanBegun();
                for (MarkSeen mark : marks) {
                    agenda.onMark(mark);
                }
                agenda.onScanEnded();
            });
        }

        List<String> taken(long id) {
            return after(() -> agenda.onTaken(ledger(id), new Taking.Taken(LOST), 0));
        }

        List<String> stalled(long id, StallReason reason, long nowMillis) {
            Outcome stalled = new Outcome.Stalled(List.of(new Stall(reason, reason + " it is.")));
            return after(() -> agenda.onRepaired(ledger(id), stalled, nowMillis));
        }

        List<String> at(long nowMillis) {
            return after(() -> agenda.onTime(nowMillis));
        }

        LedgerWork work(long id) {
            return agenda.works(0, 100).stream()
                    .filter(work -> work.ledger().equals(ledger(id)))
                    .findFirst()
                    .orElseThrow();
        }

        @Override
        public void takeLedger(TakeLedger effect) {
            lines.add("take " + effect.ledger());
        }

        @Override
        public void repairLedger(RepairLedger effect) {
            lines.add("repair " + effect.ledger());
        }

        @Override
        public void recoverLedger(RecoverLedger effect) {
            lines.add("recover " + effect.ledger());
        }

        @Override
        public void unmarkLedger(UnmarkLedger effect) {
            lines.add("unmark " + effect.ledger());
        }

        @Override
        public void releaseLedger(ReleaseLedger effect) {
            lines.add("release " + effect.ledger());
        }

        @Override
        public void abandonRepair(AbandonRepair effect) {
            lines.add("abandon " + effect.ledger());
        }
    }

    private static MarkSeen mark(long id, int copiesLeft) {
        return new MarkSeen(ledger(id), LOST, Optional.of(new Risk(copiesLeft)), Optional.empty());
    }

    private static MarkSeen lockedBy(String holder, long id) {
        return new MarkSeen(ledger(id), LOST, Optional.of(new Risk(1)), Optional.of(holder));
    }

    /** Taken and under repair. */
    private static Script repairing(long id) {
        Script script = new Script(1);
        assertThat(script.scan(mark(id, 1))).containsExactly("take " + id);
        assertThat(script.taken(id)).containsExactly("repair " + id);
        return script;
    }

    @Test
    void aRepairWhoseLockIsLostIsAbandonedAndAskedForAgain() {
        Script script = repairing(1);
        assertThat(script.after(script.agenda::onLocksLost)).containsExactly("abandon 1", "release 1");
        assertThat(script.after(() -> script.agenda.onReleased(ledger(1)))).containsExactly("take 1");
        assertThat(script.work(1).failures()).isZero();
    }

    @Test
    void whatWaitsWithALostLockIsAskedForAgain() {
        Script script = repairing(1);
        assertThat(script.stalled(1, StallReason.NO_TARGET, 0)).isEmpty();
        assertThat(script.work(1).state()).isEqualTo(WorkState.BACK_OFF);
        assertThat(script.after(script.agenda::onLocksLost)).containsExactly("release 1");
        assertThat(script.after(() -> script.agenda.onReleased(ledger(1)))).containsExactly("take 1");
    }

    @Test
    void aLockThatWasBeingAskedForWhenTheSessionEndedIsAskedForAgain() {
        Script script = new Script(1);
        assertThat(script.scan(mark(1, 1))).containsExactly("take 1");
        assertThat(script.after(script.agenda::onLocksLost)).isEmpty();
        assertThat(script.taken(1)).containsExactly("release 1");
        assertThat(script.after(() -> script.agenda.onReleased(ledger(1)))).containsExactly("take 1");
        assertThat(script.taken(1)).containsExactly("repair 1");
    }

    @Test
    void theWorstRiskComesFirst() {
        Script script = new Script(2);
        assertThat(script.scan(mark(1, 2), mark(2, 1), mark(3, Risk.NOT_AT_RISK), mark(4, 1)))
                .containsExactlyInAnyOrder("take 2", "take 4");
        assertThat(script.work(1).state()).isEqualTo(WorkState.WAITING_FOR_SLOT);
        assertThat(script.after(() -> script.agenda.onTaken(ledger(2), new Taking.NotMarked(), 0)))
                .containsExactly("take 1");
    }

    @Test
    void aPageAloneDoesNotBeginAnything() {
        Script script = new Script(1);
        script.agenda.onScanBegun();
        assertThat(script.after(() -> script.agenda.onMark(mark(1, 2)))).isEmpty();
    }

    @Test
    void aWholeLedgerIsUnmarkedReleasedAndForgotten() {
        Script script = repairing(1);
        assertThat(script.after(() -> script.agenda.onRepaired(ledger(1), GONE, 0)))
                .containsExactly("unmark 1");
        assertThat(script.after(() -> script.agenda.onUnmarked(ledger(1), Unmarking.REMOVED)))
                .containsExactly("release 1");
        assertThat(script.after(() -> script.agenda.onReleased(ledger(1)))).isEmpty();
        assertThat(script.agenda.counts()).isEmpty();
    }

    @Test
    void aLedgerThatWasMarkedAgainIsTakenAgain() {
        Script script = repairing(1);
        script.after(() -> script.agenda.onRepaired(ledger(1), GONE, 0));
        assertThat(script.after(() -> script.agenda.onUnmarked(ledger(1), Unmarking.MARKED_AGAIN)))
                .containsExactly("release 1");
        assertThat(script.after(() -> script.agenda.onReleased(ledger(1)))).containsExactly("take 1");
    }

    @Test
    void anOpenLedgerHasItsGracePeriodIsLookedAtAgainAndRecovered() {
        Script script = repairing(1);
        assertThat(script.stalled(1, StallReason.OPEN, 100)).isEmpty();
        assertThat(script.work(1).state()).isEqualTo(WorkState.GRACE_PERIOD);
        assertThat(script.work(1).remainingMillis()).isEqualTo(OptionalLong.of(1_100));
        assertThat(script.agenda.nextTimeMillis()).isEqualTo(OptionalLong.of(1_100));
        assertThat(script.at(1_099)).isEmpty();
        assertThat(script.at(1_100)).containsExactly("repair 1");
        assertThat(script.stalled(1, StallReason.OPEN, 1_200)).containsExactly("recover 1");
        assertThat(script.after(() -> script.agenda.onRecovered(ledger(1)))).containsExactly("repair 1");
        assertThat(script.after(() -> script.agenda.onRepaired(ledger(1), GONE, 1_300)))
                .containsExactly("unmark 1");
    }

    @Test
    void aWriterThatHelpedItselfKeepsItsLedger() {
        Script script = repairing(1);
        script.stalled(1, StallReason.OPEN, 0);
        script.at(1_000);
        assertThat(script.after(() -> script.agenda.onRepaired(ledger(1), GONE, 1_100)))
                .containsExactly("unmark 1");
    }

    @Test
    void theGracePeriodLeavesTheSlotToOthers() {
        Script script = new Script(1);
        script.scan(mark(1, 1), mark(2, 2));
        script.taken(1);
        assertThat(script.stalled(1, StallReason.OPEN, 0)).containsExactly("take 2");
        script.taken(2);
        assertThat(script.at(1_000)).isEmpty();
        assertThat(script.work(1).state()).isEqualTo(WorkState.RESUMING);
        assertThat(script.stalled(2, StallReason.NO_SOURCE, 1_000)).containsExactly("repair 1");
    }

    @Test
    void failuresAreRepeatedAfterAGrowingWhileWithTheLockHeld() {
        Script script = repairing(1);
        long now = 0;
        for (long wait : List.of(2_000L, 4_000L, 8_000L, 16_000L, 32_000L, 32_000L)) {
            assertThat(script.stalled(1, StallReason.NO_TARGET, now)).isEmpty();
            assertThat(script.work(1).state()).isEqualTo(WorkState.BACK_OFF);
            assertThat(script.work(1).why()).isEqualTo("NO_TARGET it is.");
            assertThat(script.agenda.nextTimeMillis()).isEqualTo(OptionalLong.of(now + wait));
            now += wait;
            assertThat(script.at(now)).containsExactly("release 1");
            assertThat(script.after(() -> script.agenda.onReleased(ledger(1)))).containsExactly("take 1");
            assertThat(script.taken(1)).containsExactly("repair 1");
        }
    }

    @Test
    void aNewBookieEndsTheWaitForOne() {
        Script script = repairing(1);
        script.stalled(1, StallReason.NO_TARGET, 0);
        assertThat(script.after(script.agenda::onBookies)).containsExactly("repair 1");
        assertThat(script.agenda.isRated(ledger(1), LOST)).isFalse();
    }

    @Test
    void aBookieThatComesDuringARepairIsTriedAfterIt() {
        Script script = repairing(1);
        assertThat(script.after(script.agenda::onBookies)).isEmpty();
        assertThat(script.stalled(1, StallReason.NO_TARGET, 0)).containsExactly("repair 1");
        assertThat(script.stalled(1, StallReason.NO_TARGET, 0)).isEmpty();
        assertThat(script.work(1).state()).isEqualTo(WorkState.BACK_OFF);
    }

    @Test
    void switchedOffItTakesNothingAndFinishesWhatItHas() {
        Script script = new Script(2, false);
        assertThat(script.scan(mark(1, 1), mark(2, 1))).isEmpty();
        assertThat(script.work(1).state()).isEqualTo(WorkState.DISABLED);
        assertThat(script.agenda.counts()).isEqualTo(Map.of(WorkState.DISABLED, 2));
        assertThat(script.after(() -> script.agenda.onEnabled(true))).hasSize(2);
        script.taken(1);
        script.taken(2);
        script.stalled(2, StallReason.OPEN, 0);
        assertThat(script.after(() -> script.agenda.onEnabled(false)))
                .as("the one in its grace period is not fenced any more")
                .containsExactly("release 2");
        assertThat(script.after(() -> script.agenda.onReleased(ledger(2)))).isEmpty();
        assertThat(script.after(() -> script.agenda.onRepaired(ledger(1), GONE, 0)))
                .containsExactly("unmark 1");
    }

    @Test
    void whatIsLockedElsewhereIsTakenWhenTheLockIsFree() {
        Script script = new Script(1);
        assertThat(script.scan(lockedBy("host-b", 1))).isEmpty();
        assertThat(script.work(1).why()).isEqualTo("Locked by host-b.");
        assertThat(script.scan(mark(1, 1))).containsExactly("take 1");
        assertThat(script.after(() -> script.agenda.onTaken(ledger(1), new Taking.LockedElsewhere(), 0)))
                .isEmpty();
        assertThat(script.work(1).state()).isEqualTo(WorkState.LOCKED_ELSEWHERE);
        assertThat(script.scan(mark(1, 1))).containsExactly("take 1");
    }

    @Test
    void aFailureOfTheServiceGivesTheLockBackAtOnce() {
        Script script = repairing(1);
        assertThat(script.after(() -> script.agenda.onFailed(ledger(1), "The service is away.", 0)))
                .containsExactly("release 1");
        script.after(() -> script.agenda.onReleased(ledger(1)));
        assertThat(script.work(1).state()).isEqualTo(WorkState.POSTPONED);
        assertThat(script.work(1).why()).isEqualTo("The service is away.");
        assertThat(script.scan(mark(1, 1))).isEmpty();
        assertThat(script.at(2_000)).containsExactly("take 1");
    }

    @Test
    void marksThatAreGoneAreForgotten() {
        Script script = new Script(1);
        script.scan(mark(1, 1), mark(2, 2));
        script.scan();
        assertThat(script.agenda.works(0, 10)).extracting(LedgerWork::ledger).containsExactly(ledger(1));
    }

    @Test
    void aMarkOfThePlacementIsLeftToThoseWhoCanHelp() {
        Script script = new Script(1);
        assertThat(script.scan(new MarkSeen(ledger(1), Set.of(), Optional.of(Risk.NONE), Optional.empty()), mark(2, 1)))
                .containsExactly("take 2");
        assertThat(script.work(1).state()).isEqualTo(WorkState.PLACEMENT_ONLY);
    }

    @Test
    void moreSlotsBeginMore() {
        Script script = new Script(1);
        script.scan(mark(1, 1), mark(2, 2), mark(3, 3));
        assertThat(script.after(() -> script.agenda.onSlots(2))).containsExactly("take 2");
    }

    @Test
    void theLeastUrgentAreLeftToLaterScans() {
        Script script = new Script(1);
        script.agenda.onScanBegun();
        for (int id = 0; id < CaseBook.WAITING_MAX + 10; id++) {
            script.agenda.onMark(mark(id, id < 20 ? 2 : 1));
        }
        script.after(script.agenda::onScanEnded);
        assertThat(script.agenda.counts().values().stream().mapToInt(i -> i).sum())
                .isEqualTo(CaseBook.WAITING_MAX);
        assertThat(script.agenda.works(0, CaseBook.WAITING_MAX).stream()
                        .filter(work -> work.risk().copiesLeft() == 2))
                .hasSize(10);
    }
}
