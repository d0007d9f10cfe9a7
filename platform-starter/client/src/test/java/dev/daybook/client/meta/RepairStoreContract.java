package dev.daybook.client.meta;

import static dev.daybook.client.meta.Samples.bookie;
import static dev.daybook.client.meta.Samples.get;
import static dev.daybook.client.meta.Samples.ledger;
import static dev.daybook.client.meta.Samples.spreadLedgers;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.daybook.client.LedgerException;
import dev.daybook.client.LedgerException.Reason;
import dev.daybook.client.meta.MetadataStore.LedgerLock;
import dev.daybook.client.meta.MetadataStore.Subscription;
import dev.daybook.client.meta.RepairStore.HeldLock;
import dev.daybook.core.audit.Search;
import dev.daybook.protocol.format.RepairLimits;
import dev.daybook.protocol.format.UnderReplicationMark;
import dev.daybook.protocol.format.WorkerReport;
import dev.daybook.protocol.model.BookieId;
import dev.daybook.protocol.model.LedgerId;
import dev.daybook.protocol.model.Versioned;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What every metadata store promises about repair. Each adapter runs all of it. */
public abstract class RepairStoreContract extends StoreContract {
    private static final BookieId ONE = bookie("b1:3181");
    private static final BookieId TWO = bookie("b2:3181");
    private static final BookieId THREE = bookie("b3:3181");

    private RepairStore repairs;

    @BeforeEach
    void findRepairs() {
        repairs = store().repairs();
    }

    private Versioned<UnderReplicationMark> markOf(long id) {
        return get(repairs.findMark(ledger(id))).orElseThrow();
    }

    private List<UnderReplicatedLedger> marked() {
        return get(repairs.marked(Optional.empty(), 100));
    }

    @Test
    void aFreshClusterHasNothingToRepair() {
        assertThat(marked()).isEmpty();
        assertThat(get(repairs.findMark(ledger(5)))).isEmpty();
        assertThat(get(repairs.locks())).isEmpty();
        assertThat(get(repairs.enabled())).isTrue();
        assertThat(get(repairs.auditor())).isEmpty();
        assertThat(get(repairs.lostBookieDelaySeconds())).isEmpty();
        assertThat(get(repairs.unmark(ledger(5), 0))).as("a mark that is gone").isTrue();
    }

    @Test
    void marksGatherTheBookiesThatLackCopies() {
        RepairStore other = session().repairs();
        get(repairs.mark(ledger(5), Set.of(TWO, ONE)));
        get(other.mark(ledger(1L << 33), Set.of()));
        Versioned<UnderReplicationMark> before = markOf(5);
        get(other.mark(ledger(5), Set.of(ONE)));
        get(other.mark(ledger(5), Set.of()));
        assertThat(markOf(5)).as("it names them all").isEqualTo(before);
        get(other.mark(ledger(5), Set.of(ONE, THREE)));
        assertThat(markOf(5).version()).isNotEqualTo(before.version());
        List<UnderReplicatedLedger> marks = marked();
        assertThat(marks).extracting(UnderReplicatedLedger::ledger).containsExactly(ledger(5), ledger(1L << 33));
        assertThat(marks.get(0).missing()).containsExactly(ONE, TWO, THREE);
        assertThat(marks.get(0).markedMillis()).isPresent();
        assertThat(marks.get(1).missing()).isEmpty();
    }

    @Test
    void noBookieIsLostWhenManyMarkTheSameLedger() {
        List<BookieId> lost = new ArrayList<>();
        List<CompletionStage<Void>> marking = new ArrayList<>();
        for (int session = 0; session < 3; session++) {
            RepairStore another = session().repairs();
            for (int number = 0; number < 10; number++) {
                BookieId missing = bookie("b" + session + "-" + number + ":1");
                lost.add(missing);
                marking.add(another.mark(ledger(5), Set.of(missing)));
            }
        }
        marking.forEach(Samples::get);
        assertThat(markOf(5).value().missing()).containsExactlyInAnyOrderElementsOf(lost);
    }

    @Test
    void whatWasMarkedAgainMeanwhileStaysMarked() {
        RepairStore other = session().repairs();
        get(repairs.mark(ledger(5), Set.of(ONE)));
        long seen = markOf(5).version();
        get(other.mark(ledger(5), Set.of(TWO)));
        assertThat(get(repairs.unmark(ledger(5), seen))).isFalse();
        assertThat(markOf(5).value().missing()).containsExactly(ONE, TWO);
        long extended = markOf(5).version();
        assertThat(get(repairs.unmark(ledger(5), extended))).isTrue();
        assertThat(get(repairs.findMark(ledger(5)))).isEmpty();
        get(other.mark(ledger(5), Set.of(ONE)));
        assertThat(get(repairs.unmark(ledger(5), seen)))
                .as("a mark that was made anew")
                .isFalse();
        assertThat(get(repairs.unmark(ledger(5), markOf(5).version()))).isTrue();
    }

    @Test
    void marksAreListedPageByPage() {
        List<LedgerId> ledgers = spreadLedgers();
        ledgers.stream().map(id -> repairs.mark(id, Set.of(ONE))).toList().forEach(Samples::get);
        List<LedgerId> found = new ArrayList<>();
        Optional<LedgerId> after = Optional.empty();
        List<UnderReplicatedLedger> page = get(repairs.marked(after, 3));
        while (!page.isEmpty()) {
            assertThat(page).hasSizeLessThanOrEqualTo(3);
            page.forEach(mark -> found.add(mark.ledger()));
            after = Optional.of(found.get(found.size() - 1));
            page = get(repairs.marked(after, 3));
        }
        assertThat(found).isEqualTo(ledgers);
        assertThat(get(repairs.marked(Optional.of(ledger(4)), 1)))
                .extracting(UnderReplicatedLedger::ledger)
                .containsExactly(ledger(9_999));
        assertThat(get(repairs.marked(Optional.empty(), 0))).isEmpty();
    }

    @Test
    void aLockHasOneHolder() {
        RepairStore other = session().repairs();
        LedgerLock lock = get(repairs.lock(ledger(5), "host-a")).orElseThrow();
        assertThat(get(repairs.lock(ledger(5), "host-a")))
                .as("not even the same one twice")
                .isEmpty();
        assertThat(get(other.lock(ledger(5), "host-b"))).isEmpty();
        assertThat(get(other.lock(ledger(6), "host-b"))).isPresent();
        get(repairs.mark(ledger(5), Set.of(ONE)));
        assertThat(marked()).extracting(UnderReplicatedLedger::lockedBy).containsExactly(Optional.of("host-a"));
        assertThat(get(repairs.locks()))
                .containsExactly(new HeldLock(ledger(5), "host-a"), new HeldLock(ledger(6), "host-b"));
        get(lock.release());
        assertThat(get(other.lock(ledger(5), "host-b"))).isPresent();
    }

    @Test
    void aLockEndsWithItsSession() {
        MetadataStore other = session();
        assertThat(get(other.repairs().lock(ledger(5), "host-b"))).isPresent();
        LedgerLock lost = get(other.repairs().lock(ledger(6), "host-b")).orElseThrow();
        AtomicInteger losses = new AtomicInteger();
        Subscription watching = other.repairs().watchLocksLost(losses::incrementAndGet);
        assertThat(losses).hasValue(0);
        cluster().loseSession(other);
        Eventually.that("its holder is told", () -> losses.get() > 0);
        watching.close();
        Eventually.that("the locks are free", () -> get(repairs.locks()).isEmpty());
        assertThat(get(repairs.lock(ledger(6), "host-a"))).isPresent();
        get(lost.release());
        assertThat(get(repairs.locks()))
                .as("a lock that was lost is its new holder's")
                .containsExactly(new HeldLock(ledger(6), "host-a"));
        assertThat(get(other.repairs().lock(ledger(7), "host-b"))).isPresent();
        other.close();
        Eventually.that(
                "closing frees the lock",
                () -> get(repairs.lock(ledger(7), "host-a")).isPresent());
    }

    @Test
    void changesOfMarksAndLocksAreTold() {
        AtomicInteger told = new AtomicInteger();
        RepairStore other = session().repairs();
        Subscription watching = repairs.watchMarks(told::incrementAndGet);
        Eventually.that("the beginning is told", () -> told.get() > 0);
        awaitNews(told, () -> get(other.mark(ledger(5), Set.of(ONE))));
        awaitNews(told, () -> get(other.mark(ledger(5), Set.of(TWO))));
        LedgerLock[] lock = new LedgerLock[1];
        awaitNews(told, () -> lock[0] = get(other.lock(ledger(5), "host")).orElseThrow());
        awaitNews(told, () -> get(other.unmark(ledger(5), markOf(5).version())));
        awaitNews(told, () -> get(lock[0].release()));
        watching.close();
        int last = told.get();
        get(other.mark(ledger(5), Set.of(ONE)));
        assertThat(told.get()).isEqualTo(last);
    }

    private static void awaitNews(AtomicInteger told, Runnable change) {
        int before = told.get();
        change.run();
        Eventually.that("the change is told", () -> told.get() > before);
    }

    @Test
    void repairIsSwitchedOffAndOn() {
        RepairStore other = session().repairs();
        List<Boolean> told = new CopyOnWriteArrayList<>();
        Subscription unused = other.watchEnabled(told::add);
        Eventually.that("the present state is told", () -> told.equals(List.of(true)));
        assertThat(get(repairs.setEnabled(true)))
                .as("it is on")
                .isIn(false, cluster().losesAnswers());
        assertThat(get(repairs.setEnabled(false))).isTrue();
        assertThat(get(other.setEnabled(false)))
                .as("it is off")
                .isIn(false, cluster().losesAnswers());
        assertThat(get(other.enabled())).isFalse();
        Eventually.that("it is told", () -> told.equals(List.of(true, false)));
        assertThat(get(other.setEnabled(true))).isTrue();
        assertThat(get(repairs.enabled())).isTrue();
        Eventually.that("that is told, too", () -> told.equals(List.of(true, false, true)));
    }

    @Test
    void theFirstDelayThatIsStoredStays() {
        assertThat(get(repairs.initialiseLostBookieDelay(60))).isEqualTo(60);
        assertThat(get(session().repairs().initialiseLostBookieDelay(99))).isEqualTo(60);
        get(repairs.setLostBookieDelay(5));
        assertThat(get(repairs.lostBookieDelaySeconds())).hasValue(5);
        assertThat(get(repairs.initialiseLostBookieDelay(99))).isEqualTo(5);
        for (long impossible : new long[] {-1, 1L << 31}) {
            assertThatExceptionOfType(LedgerException.class)
                    .isThrownBy(() -> get(repairs.setLostBookieDelay(impossible)))
                    .satisfies(failure -> assertThat(failure.reason()).isEqualTo(Reason.BAD_ARGUMENT));
        }
    }

    @Test
    void everyWriteOfTheDelayIsTold() {
        get(repairs.setLostBookieDelay(60));
        List<Long> told = new CopyOnWriteArrayList<>();
        Subscription watching = session().repairs().watchLostBookieDelay(told::add);
        Eventually.that("a write of the present value is told", () -> {
            get(repairs.setLostBookieDelay(60));
            return !told.isEmpty();
        });
        int before = told.size();
        get(repairs.setLostBookieDelay(0));
        Eventually.that("so is another value", () -> told.contains(0L));
        assertThat(told.subList(0, before)).containsOnly(60L);
        watching.close();
    }

    @Test
    void timesOfSearchesAreKept() {
        assertThat(get(repairs.completed(Search.MISSING_COPIES))).isEmpty();
        get(repairs.pretendCompleted(Search.MISSING_COPIES, 1_690_000_000_123L));
        get(repairs.pretendCompleted(Search.PLACEMENT, 2));
        get(repairs.pretendCompleted(Search.REPLICA_COUNT, 3));
        get(repairs.pretendCompleted(Search.PLACEMENT, -1));
        RepairStore other = session().repairs();
        assertThat(get(other.completed(Search.MISSING_COPIES))).isEqualTo(OptionalLong.of(1_690_000_000_123L));
        assertThat(get(other.completed(Search.PLACEMENT))).hasValue(-1);
        assertThat(get(other.completed(Search.REPLICA_COUNT))).hasValue(3);
        get(repairs.pretendCompleted(Search.LOST_BOOKIES, 4));
        assertThat(get(other.completed(Search.LOST_BOOKIES)))
                .as("every auditor begins with it")
                .isEmpty();
    }

    @Test
    void timesOfSearchesAreTold() {
        List<OptionalLong> told = new CopyOnWriteArrayList<>();
        Subscription watching = session().repairs().watchCompleted(Search.PLACEMENT, told::add);
        Eventually.that("that there was none is told", () -> told.contains(OptionalLong.empty()));
        get(repairs.pretendCompleted(Search.MISSING_COPIES, 1));
        get(repairs.pretendCompleted(Search.PLACEMENT, 7));
        Eventually.that("so is a time", () -> told.contains(OptionalLong.of(7)));
        get(repairs.pretendCompleted(Search.PLACEMENT, 5));
        Eventually.that("and an earlier one", () -> told.contains(OptionalLong.of(5)));
        assertThat(told).doesNotContain(OptionalLong.of(1));
        watching.close();
        session().repairs().watchCompleted(Search.LOST_BOOKIES, told::add).close();
    }

    @Test
    void reportsOfWorkersAreReadByOthersAndEndWithTheirSession() {
        assertThat(get(repairs.workers())).isEmpty();
        MetadataStore other = session();
        get(repairs.report(report("a", 1)));
        get(other.repairs().report(report("b", 1)));
        get(repairs.report(report("a", 2)));
        assertThat(get(other.repairs().workers())).containsExactly(report("a", 2), report("b", 1));
        cluster().loseSession(other);
        Eventually.that("the other is gone", () -> get(repairs.workers()).equals(List.of(report("a", 2))));
        Eventually.that("it is back with its next report", () -> {
            get(other.repairs().report(report("b", 3)));
            return get(repairs.workers()).equals(List.of(report("a", 2), report("b", 3)));
        });
        other.close();
        Eventually.that("closing ends it", () -> get(repairs.workers()).equals(List.of(report("a", 2))));
        assertThat(marked()).as("they are no marks").isEmpty();
    }

    private static WorkerReport report(String id, long copies) {
        return new WorkerReport(
                id,
                "host",
                1,
                2,
                new WorkerReport.Pace(4, 0, 10),
                new WorkerReport.Done(1, 0, copies, 100),
                new TreeMap<>(Map.of("REPAIRING", 1)),
                new TreeMap<>(),
                "",
                List.of(new WorkerReport.Note(ledger(5), "REPAIRING", true, "Under repair.", copies)));
    }

    @Test
    void limitsHoldForAllAndAreTold() {
        assertThat(get(repairs.limits())).isEqualTo(RepairLimits.NONE);
        List<RepairLimits> told = new CopyOnWriteArrayList<>();
        Subscription watching = session().repairs().watchLimits(told::add);
        Eventually.that("the beginning is told", () -> told.contains(RepairLimits.NONE));
        RepairLimits tight = new RepairLimits(1 << 20, 3);
        get(repairs.setLimits(tight));
        Eventually.that("so is a change", () -> told.contains(tight));
        assertThat(get(session().repairs().limits())).isEqualTo(tight);
        watching.close();
    }
}
