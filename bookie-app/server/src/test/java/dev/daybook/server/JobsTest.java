package dev.daybook.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.daybook.client.AppendLedger;
import dev.daybook.client.LedgerSpec;
import dev.daybook.client.meta.BookieRecord;
import dev.daybook.client.meta.job.JobStore;
import dev.daybook.client.meta.job.ReadOnlyWishes;
import dev.daybook.client.meta.job.Submission;
import dev.daybook.core.job.BalanceLimits;
import dev.daybook.core.job.Blocker;
import dev.daybook.core.job.Job;
import dev.daybook.core.job.JobOrder;
import dev.daybook.core.job.JobOrder.Evacuation;
import dev.daybook.core.job.JobOrder.Rebalance;
import dev.daybook.core.job.JobPace;
import dev.daybook.core.job.JobPlan;
import dev.daybook.core.job.JobState;
import dev.daybook.protocol.model.BookieId;
import dev.daybook.protocol.model.LedgerId;
import dev.daybook.protocol.model.Quorum;
import dev.daybook.server.autorecovery.AutoRecovery;
import dev.daybook.server.autorecovery.AutoRecoveryConfig;
import dev.daybook.server.autorecovery.JobPlanning;
import dev.daybook.server.net.Eventually;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Bookies are emptied and evened out: judged by asking every bookie for every entry. */
class JobsTest extends AutoRecoveryBed {
    /** Ledgers of each kind; a run by hand may want more. */
    private static final int ROUNDS = Integer.getInteger("daybook.jobs.rounds", 8);

    private static final Quorum FIVE = new Quorum(5, 3, 2);
    private static final JobPace QUICK = new JobPace(300, 50, 20_000, 1_000);

    private final JobStore jobs = new JobStore(cluster.records());

    @BeforeEach
    void startFifthBookie() {
        startBookie("b5");
    }

    private BookieId joined(String name) {
        startBookie(name);
        return new BookieId(name);
    }

    private AutoRecovery recovery(String name) {
        return recovery(AutoRecoveryConfig.of(name)
                .withPace(HASTY)
                .withJobs(new AutoRecoveryConfig.Jobs(QUICK, Optional.empty())));
    }

    private List<LedgerId> ledgersOfSeveralKinds() {
        List<LedgerId> ledgers = new ArrayList<>();
        for (int i = 0; i < ROUNDS; i++) {
            ledgers.add(closed(THREE));
            ledgers.add(closed(ALONE));
            AppendLedger empty = await(client.create(LedgerSpec.of(THREE)));
            await(empty.closeLedger());
            ledgers.add(empty.id());
        }
        return ledgers;
    }

    private long order(JobOrder order) {
        return ((Submission.Accepted) await(jobs.submit(order, System.currentTimeMillis())))
                .job()
                .id();
    }

    private Job job(long id) {
        return await(jobs.find(id)).orElseThrow().value();
    }

    private Job ended(long id) {
        Eventually.holds("job " + id + " ends", () -> job(id).state().isEnd());
        return job(id);
    }

    private boolean isWritable(BookieId bookie) {
        return cluster.bookies().writable().contains(bookie);
    }

    @Test
    void aLivingBookieIsEmptiedWhileLedgersAreWritten() {
        List<LedgerId> ledgers = ledgersOfSeveralKinds();
        BookieId leaving = metadata(ledgers.get(0)).lastFragment().ensemble().get(1);
        AppendLedger open = written(new Quorum(4, 4, 4));
        recovery("auditor");
        long id = order(Evacuation.decommission(leaving));
        Eventually.holds("it takes no new entries", () -> !isWritable(leaving));
        Eventually.holds("the writer goes elsewhere", () -> {
            await(open.append(new byte[10]));
            return !metadata(open.id()).lastFragment().ensemble().contains(leaving);
        });
        await(open.append(new byte[10]));
        Job job = ended(id);
        assertThat(job.state()).as("%s", job).isEqualTo(JobState.DONE);
        assertThat(job.report().remark()).contains("running still");
        assertThat(job.report().progress().moved())
                .isEqualTo(job.report().progress().ledgers());
        await(open.closeLedger());
        ledgers.add(open.id());
        for (LedgerId ledger : ledgers) {
            assertThat(isMember(ledger, leaving)).as("%s", ledger).isFalse();
            checkEveryCopy(ledger);
        }
        assertThat(await(cluster.registry().readCookie(leaving))).isPresent();
        assertThat(await(cluster.repairs().locks())).isEmpty();

        kill(leaving);
        assertThat(ended(order(Evacuation.decommission(leaving))).state()).isEqualTo(JobState.DONE);
        assertThat(await(cluster.bookieRecords())).extracting(BookieRecord::id).doesNotContain(leaving);
        assertThat(await(new ReadOnlyWishes(cluster.records()).set(leaving, false)))
                .isFalse();
    }

    @Test
    void theHolderOfAnOnlyCopyThatDiedBlocksAndIsNamed() {
        List<LedgerId> ledgers = ledgersOfSeveralKinds();
        BookieId dead = metadata(ledgers.get(1)).lastFragment().ensemble().get(0);
        List<LedgerId> lost = ledgers.stream()
                .filter(ledger -> metadata(ledger).quorum().equals(ALONE) && isMember(ledger, dead))
                .toList();
        LedgerId abandoned = written(THREE).id();
        recovery("auditor");
        kill(dead);
        Job job = ended(order(Evacuation.decommission(dead)));
        assertThat(job.state()).as("%s", job).isEqualTo(JobState.BLOCKED);
        assertThat(job.report().blockers().count()).isEqualTo(lost.size());
        assertThat(job.report().blockers().named())
                .extracting(Blocker::ledger)
                .containsExactlyInAnyOrderElementsOf(lost);
        assertThat(job.report().blockers().named())
                .allMatch(blocker -> blocker.why().contains("only " + dead + " may have"));
        for (LedgerId ledger : ledgers) {
            if (!lost.contains(ledger)) {
                assertThat(isMember(ledger, dead)).as("%s", ledger).isFalse();
                checkEveryCopy(ledger);
            }
        }
        assertThat(isMember(abandoned, dead)).isFalse();
        assertThat(await(cluster.registry().readCookie(dead)))
                .as("its cookie stays")
                .isPresent();
    }

    @Test
    void tooFewBookiesAreRefusedAndNothingIsTouched() {
        LedgerId wide = closed(FIVE);
        LedgerId other = closed(THREE);
        BookieId leaving = metadata(other).lastFragment().ensemble().get(0);
        recovery("auditor");
        try (JobPlanning planning = new JobPlanning(client)) {
            JobPlan plan = await(planning.evacuation(Evacuation.decommission(leaving)));
            assertThat(plan.refusal()).contains("only 4 bookies take entries", "too few for 1 ledger");
            assertThat(plan.ledgers()).isEqualTo(2);
        }
        Job refused = ended(order(Evacuation.decommission(leaving)));
        assertThat(refused.state()).isEqualTo(JobState.BLOCKED);
        assertThat(refused.report().remark()).contains("too few for 1 ledger");
        assertThat(isMember(other, leaving)).isTrue();
        assertThat(isWritable(leaving)).isTrue();
        Job forced = ended(order(Evacuation.decommission(leaving).byForce()));
        assertThat(forced.report().blockers().named())
                .extracting(Blocker::ledger)
                .containsExactly(wide);
        assertThat(isMember(other, leaving)).isFalse();
        startBookie("b6");
        assertThat(ended(order(Evacuation.decommission(leaving))).state()).isEqualTo(JobState.DONE);
        checkEveryCopy(wide);
        checkEveryCopy(other);
    }

    @Test
    void anotherAuditorGoesOnWithTheJob() {
        List<LedgerId> ledgers = ledgersOfSeveralKinds();
        BookieId leaving = metadata(ledgers.get(0)).lastFragment().ensemble().get(0);
        AutoRecovery first = recovery("first");
        first.limitBytesPerSecond(SLOW);
        long id = order(Evacuation.drain(leaving));
        Eventually.holds(
                "the first one has begun",
                () -> job(id).claim().runner().equals("first")
                        && !await(cluster.repairs().locks()).isEmpty());
        recovery("second");
        close(first);
        Job job = ended(id);
        assertThat(job.state()).as("%s", job).isEqualTo(JobState.DONE);
        assertThat(job.claim().runner()).isEqualTo("second");
        for (LedgerId ledger : ledgers) {
            assertThat(isMember(ledger, leaving)).isFalse();
            checkEveryCopy(ledger);
        }
        assertThat(isWritable(leaving)).as("it stays read-only").isFalse();
    }

    @Test
    void aCancelledJobEndsSoonAndTheBookieTakesEntriesAgain() {
        List<LedgerId> ledgers = ledgersOfSeveralKinds();
        BookieId leaving = metadata(ledgers.get(0)).lastFragment().ensemble().get(0);
        AutoRecovery auditor = recovery("auditor");
        auditor.limitBytesPerSecond(SLOW);
        long id = order(Evacuation.drain(leaving));
        Eventually.holds("it moves", () -> !await(cluster.repairs().locks()).isEmpty());
        await(jobs.cancel(id, System.currentTimeMillis()));
        assertThat(ended(id).state()).isEqualTo(JobState.CANCELLED);
        Eventually.holds("it takes entries again", () -> isWritable(leaving));
        ledgers.forEach(this::checkEveryCopy);
    }

    @Test
    void switchedOffItWaitsAndSaysSo() {
        LedgerId ledger = closed(THREE);
        BookieId leaving = metadata(ledger).lastFragment().ensemble().get(0);
        await(cluster.repairs().setEnabled(false));
        recovery("auditor");
        long id = order(Evacuation.drain(leaving));
        Eventually.holds("it says so", () -> job(id).report().remark().contains("switched off"));
        assertThat(isMember(ledger, leaving)).isTrue();
        await(cluster.repairs().setEnabled(true));
        assertThat(ended(id).state()).isEqualTo(JobState.DONE);
        checkEveryCopy(ledger);
    }

    @Test
    void aReplacementTakesOver() {
        List<LedgerId> ledgers = ledgersOfSeveralKinds();
        BookieId old = metadata(ledgers.get(0)).lastFragment().ensemble().get(2);
        List<LedgerId> its =
                ledgers.stream().filter(ledger -> isMember(ledger, old)).toList();
        recovery("auditor");
        kill(old);
        BookieId fresh = joined("b6");
        List<LedgerId> lost = its.stream()
                .filter(ledger -> metadata(ledger).quorum().equals(ALONE))
                .toList();
        await(cluster.repairs().setEnabled(true));
        Job job = ended(order(Evacuation.replace(old, fresh)));
        assertThat(job.state()).isEqualTo(lost.isEmpty() ? JobState.DONE : JobState.BLOCKED);
        for (LedgerId ledger : its) {
            if (!lost.contains(ledger)) {
                assertThat(isMember(ledger, old)).isFalse();
                checkEveryCopy(ledger);
            }
        }
    }

    @Test
    void aLivingBookieIsReplacedByExactlyTheOneThatWasNamed() {
        List<LedgerId> ledgers = ledgersOfSeveralKinds();
        BookieId old = metadata(ledgers.get(0)).lastFragment().ensemble().get(2);
        List<LedgerId> its =
                ledgers.stream().filter(ledger -> isMember(ledger, old)).toList();
        recovery("auditor");
        BookieId fresh = joined("b6");
        assertThat(ended(order(Evacuation.replace(old, fresh))).state()).isEqualTo(JobState.DONE);
        for (LedgerId ledger : its) {
            assertThat(isMember(ledger, old)).isFalse();
            assertThat(isMember(ledger, fresh)).as("%s", ledger).isTrue();
            checkEveryCopy(ledger);
        }
    }

    @Test
    void aNewBookieGetsItsShareAndNoLedgerLosesACopy() {
        List<LedgerId> ledgers = ledgersOfSeveralKinds();
        BookieId fresh = joined("b6");
        recovery("auditor");
        Rebalance order;
        try (JobPlanning planning = new JobPlanning(client)) {
            Eventually.holds(
                    "the planning client knows it",
                    () -> await(client.admin().bookies()).size() == 6);
            order = (Rebalance) await(planning.rebalance(BalanceLimits.DEFAULT)).order();
        }
        assertThat(order.moves()).isNotEmpty().allMatch(move -> move.to().equals(fresh) || isWritable(move.to()));
        Job job = ended(order(order));
        assertThat(job.state()).as("%s", job).isEqualTo(JobState.DONE);
        long got = ledgers.stream().filter(ledger -> isMember(ledger, fresh)).count();
        long all = ledgers.stream()
                .mapToLong(ledger -> metadata(ledger).quorum().ensemble())
                .sum();
        assertThat(got).isBetween(all / 6 - all / 20 - 2, all / 6 + 1);
        ledgers.forEach(this::checkEveryCopy);
    }
}
