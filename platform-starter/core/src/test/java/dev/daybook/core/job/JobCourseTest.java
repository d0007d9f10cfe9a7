package dev.daybook.core.job;

import static dev.daybook.core.Fixtures.open;
import static dev.daybook.core.Fixtures.quorum;
import static org.assertj.core.api.Assertions.assertThat;

import dev.daybook.core.job.JobOrder.Evacuation;
import dev.daybook.core.job.JobOrder.Rebalance;
import dev.daybook.protocol.model.BookieId;
import dev.daybook.protocol.model.Fragment;
import dev.daybook.protocol.model.LedgerId;
import dev.daybook.protocol.model.LedgerMetadata;
import dev.daybook.protocol.model.Quorum;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Jobs on clusters that consist of metadata only. */
class JobCourseTest {
    private static final BookieId B1 = new BookieId("b1");
    private static final BookieId B4 = new BookieId("b4");
    private static final String FIVE = "b1 b2 b3 b4 b5";
    private static final Quorum THREE = quorum(3, 3, 2);
    private static final Quorum ALONE = quorum(1, 1, 1);

    private static LedgerMetadata closed(Quorum quorum, String ensemble) {
        return open(quorum, ensemble).closedAt(new LedgerMetadata.End(9, 1_000));
    }

    private static LedgerId id(long value) {
        return new LedgerId(value);
    }

    private static JobRoom room(JobOrder order) {
        JobRoom room = new JobRoom(order, FIVE, 1);
        room.ledgers.put(id(1), closed(THREE, "b1 b2 b3"));
        room.ledgers.put(id(2), closed(THREE, "b2 b3 b4"));
        room.ledgers.put(id(3), closed(ALONE, "b1"));
        room.ledgers.put(id(4), closed(quorum(4, 3, 2), "b5 b4 b1 b2"));
        return room;
    }

    private static void checkEmpty(JobRoom room, BookieId bookie) {
        room.ledgers
                .keySet()
                .forEach(ledger -> assertThat(room.isMember(ledger, bookie))
                        .as("%s", ledger)
                        .isFalse());
    }

    @Test
    void aLivingBookieIsMadeReadOnlyAndEmptiedAndKeepsItsCookieWhileItRuns() {
        JobRoom room = room(Evacuation.decommission(B1));
        room.start();
        assertThat(room.run()).isEqualTo(JobState.DONE);
        checkEmpty(room, B1);
        assertThat(room.readOnly).containsExactly(B1);
        assertThat(room.cookiesGone).isEmpty();
        assertThat(room.course.report().progress()).isEqualTo(new JobProgress(3, 3, 3, 30));
        assertThat(room.course.report().remark()).contains("running still");
    }

    @Test
    void aDeadBookieIsEmptiedAndItsCookieGoes() {
        JobRoom room = room(Evacuation.decommission(B1));
        room.ledgers.remove(id(3));
        room.writable.remove(B1);
        room.start();
        assertThat(room.run()).isEqualTo(JobState.DONE);
        checkEmpty(room, B1);
        assertThat(room.cookiesGone).containsExactly(B1);
    }

    @Test
    void theHolderOfAnOnlyCopyIsNamedAndEverythingElseIsMoved() {
        JobRoom room = room(Evacuation.decommission(B1));
        room.writable.remove(B1);
        room.start();
        assertThat(room.run()).isEqualTo(JobState.BLOCKED);
        JobReport report = room.course.report();
        assertThat(report.blockers().named()).singleElement().satisfies(blocker -> {
            assertThat(blocker.ledger()).isEqualTo(id(3));
            assertThat(blocker.why()).contains("which only b1 may have");
        });
        assertThat(report.progress().moved()).isEqualTo(2);
        assertThat(room.isMember(id(1), B1)).isFalse();
        assertThat(room.isMember(id(4), B1)).isFalse();
        assertThat(room.cookiesGone).isEmpty();
    }

    @Test
    void whatIsLostIsSaidAlsoWhileAWorkerHoldsTheLock() {
        JobRoom room = room(Evacuation.drain(B1));
        room.writable.remove(B1);
        room.locked.add(id(3));
        room.start();
        assertThat(room.run()).isEqualTo(JobState.BLOCKED);
        assertThat(room.course.report().blockers().named().get(0).why()).contains("Nobody who is alive");
    }

    @Test
    void aLockIsWaitedForUntilPatienceEnds() {
        JobRoom room = room(Evacuation.drain(B1));
        room.locked.add(id(1));
        room.start();
        assertThat(room.run()).isEqualTo(JobState.BLOCKED);
        assertThat(room.now).isGreaterThanOrEqualTo(JobRoom.PACE.patience());
        assertThat(room.course.report().blockers().named().get(0).why()).contains("locked by somebody");
    }

    @Test
    void anOpenLedgerOfADeadBookieIsRecoveredAfterItsGracePeriod() {
        JobRoom room = room(Evacuation.drain(B1));
        room.ledgers.remove(id(3));
        room.ledgers.put(id(5), open(THREE, "b1 b2 b3"));
        room.writable.remove(B1);
        room.start();
        while (room.now < JobRoom.PACE.grace()) {
            assertThat(room.ledger(id(5)).isClosed()).isFalse();
            assertThat(room.step()).isTrue();
        }
        assertThat(room.run()).isEqualTo(JobState.DONE);
        checkEmpty(room, B1);
    }

    @Test
    void theWriterOfALivingBookieIsNeverStopped() {
        JobRoom room = room(Evacuation.drain(B1));
        LedgerMetadata grown =
                open(THREE, "b1 b2 b3").withFragment(new Fragment(7, List.of(B1, B4, new BookieId("b5"))));
        room.ledgers.put(id(5), grown);
        room.start();
        assertThat(room.run()).isEqualTo(JobState.BLOCKED);
        assertThat(room.course.report().blockers().named()).singleElement().satisfies(blocker -> {
            assertThat(blocker.ledger()).isEqualTo(id(5));
            assertThat(blocker.why()).contains("when its writer has appended again or closed it");
        });
        LedgerMetadata after = room.ledger(id(5));
        assertThat(after.isClosed()).isFalse();
        assertThat(after.fragments().get(0).ensemble()).doesNotContain(B1);
        assertThat(after.lastFragment()).isEqualTo(grown.lastFragment());
    }

    @Test
    void tooFewBookiesAreRefusedUnlessForced() {
        Evacuation order = Evacuation.decommission(B1);
        JobRoom room = room(order);
        room.ledgers.put(id(9), closed(quorum(5, 3, 2), "b1 b2 b3 b4 b5"));
        room.start();
        assertThat(room.run()).isEqualTo(JobState.BLOCKED);
        assertThat(room.course.report().remark()).contains("too few for 1 ledger");
        assertThat(room.isMember(id(1), B1)).isTrue();
        assertThat(room.writable).as("it goes on taking entries").contains(B1);

        JobRoom forced = room(order.byForce());
        forced.ledgers.put(id(9), closed(quorum(5, 3, 2), "b1 b2 b3 b4 b5"));
        forced.start();
        assertThat(forced.run()).isEqualTo(JobState.BLOCKED);
        assertThat(forced.isMember(id(1), B1)).isFalse();
        assertThat(forced.course.report().blockers().named())
                .extracting(Blocker::ledger)
                .containsExactly(id(9));
    }

    @Test
    void aBookieThatGoesOnTakingEntriesIsNotEmptied() {
        JobRoom room = room(Evacuation.drain(B1));
        room.deaf.add(B1);
        room.start();
        assertThat(room.run()).isEqualTo(JobState.BLOCKED);
        assertThat(room.course.report().remark()).contains("takes new entries still");
        assertThat(room.isMember(id(1), B1)).isTrue();
    }

    @Test
    void aReplacementGetsEverythingItCanTake() {
        JobRoom room = room(Evacuation.replace(B1, B4));
        room.start();
        assertThat(room.run()).isEqualTo(JobState.DONE);
        checkEmpty(room, B1);
        assertThat(room.isMember(id(1), B4)).isTrue();
        assertThat(room.isMember(id(3), B4)).isTrue();
        assertThat(room.ledger(id(4)).lastFragment().ensemble()).hasSize(4).doesNotHaveDuplicates();
    }

    @Test
    void cancelledItStopsAndTheBookieTakesEntriesAgain() {
        JobRoom room = room(Evacuation.drain(B1));
        room.start();
        while (room.course.report().progress().moved() == 0) {
            assertThat(room.step()).isTrue();
        }
        room.course.onCancel();
        room.drain();
        assertThat(room.ends).containsExactly(JobState.CANCELLED);
        assertThat(room.writable).contains(B1);
        assertThat(room.isMember(id(4), B1)).isTrue();
    }

    @Test
    void switchedOffItWaitsAndSaysSo() {
        JobRoom room = room(Evacuation.drain(B1));
        room.start();
        while (room.course.report().progress().moved() == 0) {
            assertThat(room.step()).isTrue();
        }
        room.course.onEnabled(false, room.now);
        room.drain();
        while (room.step()) {
            assertThat(room.course.report().progress().moved()).isEqualTo(1);
        }
        assertThat(room.course.report().remark()).contains("switched off");
        room.course.onEnabled(true, room.now);
        room.drain();
        assertThat(room.run()).isEqualTo(JobState.DONE);
        checkEmpty(room, B1);
    }

    @Test
    void anotherOneGoesOnWhereTheFirstHasStopped() {
        Evacuation order = Evacuation.decommission(B1);
        JobRoom first = room(order);
        first.start();
        while (first.course.report().progress().moved() == 0) {
            assertThat(first.step()).isTrue();
        }
        JobRoom second = new JobRoom(order, first.course.report(), FIVE, 2);
        second.ledgers.putAll(first.ledgers);
        second.start();
        assertThat(second.run()).isEqualTo(JobState.DONE);
        checkEmpty(second, B1);
        assertThat(second.course.report().progress()).isEqualTo(new JobProgress(3, 3, 3, 30));
    }

    @Test
    void movesAreMadeAsTheyWereOrdered() {
        JobRoom room = room(new Rebalance(List.of(new Move(id(1), B1, B4, 10), new Move(id(3), B1, B4, 10))));
        room.start();
        assertThat(room.run()).isEqualTo(JobState.DONE);
        assertThat(room.isMember(id(1), B4)).isTrue();
        assertThat(room.isMember(id(3), B4)).isTrue();
        assertThat(room.isMember(id(4), B1)).isTrue();
        assertThat(room.writable).contains(B1);
    }
}
