package dev.daybook.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.daybook.client.AppendLedger;
import dev.daybook.client.LedgerSpec;
import dev.daybook.client.meta.MetadataStore.LedgerLock;
import dev.daybook.client.meta.UnderReplicatedLedger;
import dev.daybook.client.meta.memory.InMemoryMetadataStore;
import dev.daybook.core.audit.Search;
import dev.daybook.core.repair.StallReason;
import dev.daybook.core.work.WorkPace;
import dev.daybook.core.work.WorkState;
import dev.daybook.metrics.RecoveryMetrics;
import dev.daybook.protocol.model.BookieId;
import dev.daybook.protocol.model.Fragment;
import dev.daybook.protocol.model.LedgerId;
import dev.daybook.protocol.model.LedgerMetadata;
import dev.daybook.protocol.model.Quorum;
import dev.daybook.protocol.model.Status;
import dev.daybook.protocol.model.Versioned;
import dev.daybook.server.autorecovery.AutoRecovery;
import dev.daybook.server.autorecovery.AutoRecoveryConfig;
import dev.daybook.server.net.Eventually;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;

/** Bookies die, and their copies come back: judged by asking every bookie for every entry. */
class AutoRecoveryTest extends AutoRecoveryBed {
    /** Six ledgers of several kinds in each; a run by hand may want more. */
    private static final int ROUNDS = Integer.getInteger("daybook.autorecovery.rounds", 6);

    @Test
    void afterTheLossOfABookieEveryLedgerIsWholeAgainOrSaysWhyNot() {
        List<LedgerId> ledgers = new ArrayList<>();
        List<LedgerId> alone = new ArrayList<>();
        for (int i = 0; i < ROUNDS; i++) {
            ledgers.add(closed(THREE));
            ledgers.add(closed(STRIPED));
            alone.add(closed(ALONE));
            AppendLedger empty = await(client.create(LedgerSpec.of(THREE)));
            await(empty.closeLedger());
            ledgers.add(empty.id());
            ledgers.add(written(THREE).id());
            ledgers.add(await(client.create(LedgerSpec.of(THREE))).id());
        }
        startBookie("b5");
        BookieId lost = member(metadata(alone.get(0)), 0);
        List<LedgerId> hopeless = alone.stream()
                .filter(id -> member(metadata(id), 0).equals(lost))
                .toList();
        AutoRecovery recovery = recovery("worker", HASTY);
        kill(lost);

        Eventually.holds(
                "only what has no copy left is marked",
                () -> marks().stream()
                                .map(UnderReplicatedLedger::ledger)
                                .sorted()
                                .toList()
                                .equals(hopeless.stream().sorted().toList())
                        && ledgers.stream().noneMatch(id -> isMember(id, lost)));
        for (LedgerId ledger : ledgers) {
            if (metadata(ledger).isClosed()) {
                checkEveryCopy(ledger);
            }
        }
        hopeless.forEach(ledger -> Eventually.holds(
                "it is said why " + ledger + " is not repaired",
                () -> stalls(recovery, ledger, StallReason.NO_SOURCE)));
        assertThat(await(cluster.repairs().auditor())).contains("worker");
    }

    @Test
    void aWriterThatReplacesTheBookieItselfKeepsItsLedger() {
        AppendLedger ledger = written(THREE);
        AutoRecovery recovery = recovery("worker", new WorkPace(3_000, 3_200));
        BookieId lost = member(metadata(ledger.id()), 0);
        kill(lost);
        await(ledger.append(new byte[10]));
        await(ledger.append(new byte[10]));
        Eventually.holds("the first fragment was repaired", () -> marks().isEmpty() && !isMember(ledger.id(), lost));
        await(ledger.append(new byte[10]));
        await(ledger.closeLedger());
        // An append is acknowledged by two of three, and closing does not wait for the third.
        Eventually.holds(
                "the writer's last copies have come",
                () -> metadata(ledger.id()).lastFragment().ensemble().stream()
                        .allMatch(bookie -> read(bookie, ledger.id(), ENTRIES + 2) == Status.OK));
        checkEveryCopy(ledger.id());
        assertThat(activity(recovery).totals().copies()).isEqualTo(ENTRIES);
    }

    @Test
    void anOpenLedgerIsLeftToItsWriterForTheGracePeriod() {
        AppendLedger ledger = written(THREE);
        AutoRecovery recovery = recovery("worker", PATIENT);
        kill(member(metadata(ledger.id()), 0));
        Eventually.holds("it waits", () -> isIn(recovery, ledger.id(), WorkState.GRACE_PERIOD));
        assertThat(work(recovery, ledger.id()).orElseThrow().remainingMillis().orElseThrow())
                .isBetween(1L, 3_600_000L);
        assertThat(metadata(ledger.id()).isClosed()).isFalse();
        close(recovery);
        assertThat(await(cluster.repairs().locks())).isEmpty();
        assertThat(await(cluster.repairs().auditor())).isEmpty();
    }

    @Test
    void whatAWorkerLeavesBehindAnotherFinishes() {
        LedgerId ledger = closed(THREE);
        AutoRecovery first = recovery("first", HASTY);
        first.limitBytesPerSecond(SLOW);
        kill(member(metadata(ledger), 1));
        Eventually.holds("the first one repairs", () -> isIn(first, ledger, WorkState.REPAIRING));
        AutoRecovery second = recovery("second", HASTY);
        Eventually.holds(
                "the second one knows who has the lock",
                () -> isIn(second, ledger, WorkState.LOCKED_ELSEWHERE)
                        && work(second, ledger).orElseThrow().why().equals("Locked by first."));
        close(first);
        Eventually.holds("the second one continues", () -> marks().isEmpty());
        checkEveryCopy(ledger);
        assertThat(await(cluster.repairs().locks())).isEmpty();
    }

    @Test
    void aWorkerThatLosesItsSessionStopsCopying() {
        LedgerId ledger = closed(THREE);
        InMemoryMetadataStore session = cluster.another();
        List<LedgerLock> taken = new CopyOnWriteArrayList<>();
        // Before the worker hears of the loss.
        session.repairs()
                .watchLocksLost(
                        () -> await(cluster.repairs().lock(ledger, "somebody")).ifPresent(taken::add));
        AutoRecovery recovery = AutoRecovery.start(
                AutoRecoveryConfig.of("worker").withPace(HASTY), clientConfig(), session, RecoveryMetrics.NONE);
        recoveries.add(recovery);
        recovery.limitBytesPerSecond(SLOW);
        BookieId lost = member(metadata(ledger), 1);
        kill(lost);
        Eventually.holds("it repairs", () -> isIn(recovery, ledger, WorkState.REPAIRING));
        session.loseSession();
        Eventually.holds(
                "it leaves the ledger to whom has the lock now",
                () -> isIn(recovery, ledger, WorkState.LOCKED_ELSEWHERE));
        recovery.limitBytesPerSecond(0);
        assertThat(isMember(ledger, lost)).isTrue();
        await(taken.get(0).release());
        Eventually.holds("repaired in the next session", () -> marks().isEmpty() && !isMember(ledger, lost));
        checkEveryCopy(ledger);
        assertThat(await(cluster.repairs().locks())).isEmpty();
    }

    @Test
    void anAuditorThatDiesIsReplaced() {
        LedgerId ledger = closed(THREE);
        AutoRecovery first = recovery("first", HASTY);
        Eventually.holds("the first one is elected", () -> await(first.audit()).elected());
        AutoRecovery second = recovery("second", HASTY);
        close(first);
        Eventually.holds(
                "the second one is elected", () -> await(second.audit()).elected());
        BookieId lost = member(metadata(ledger), 2);
        kill(lost);
        Eventually.holds("repaired", () -> !isMember(ledger, lost) && marks().isEmpty());
        checkEveryCopy(ledger);
    }

    @Test
    void aMarkThatIsMadeAgainDuringARepairIsNotLost() {
        LedgerId ledger = closed(THREE);
        AutoRecovery recovery = recovery("worker", HASTY);
        recovery.limitBytesPerSecond(SLOW);
        kill(member(metadata(ledger), 1));
        Eventually.holds("it is under repair", () -> isIn(recovery, ledger, WorkState.REPAIRING));
        await(cluster.repairs().mark(ledger, Set.of(member(metadata(ledger), 0))));
        recovery.limitBytesPerSecond(0);
        Eventually.holds("repaired", () -> marks().isEmpty());
        assertThat(activity(recovery).totals().repaired())
                .as("the second mark had a repair of its own")
                .isEqualTo(2);
        checkEveryCopy(ledger);
    }

    @Test
    void switchedOffNothingHappens() {
        LedgerId ledger = closed(THREE);
        await(cluster.repairs().setEnabled(false));
        AutoRecovery recovery = recovery("worker", HASTY);
        Eventually.holds("elected", () -> await(recovery.audit()).elected());
        BookieId lost = member(metadata(ledger), 1);
        await(cluster.repairs().mark(ledger, Set.of(lost)));
        LedgerId unmarked = closed(THREE);
        kill(lost);
        Eventually.holds("the mark was seen", () -> isIn(recovery, ledger, WorkState.DISABLED));
        assertThat(activity(recovery).enabled()).isFalse();
        assertThat(await(cluster.repairs().locks())).isEmpty();
        assertThat(marks()).hasSize(1);
        await(cluster.repairs().setEnabled(true));
        Eventually.holds("repaired", () -> marks().isEmpty() && !isMember(ledger, lost) && !isMember(unmarked, lost));
        checkEveryCopy(ledger);
        checkEveryCopy(unmarked);
    }

    @Test
    void aNewBookieEndsTheWaitForATarget() {
        LedgerId ledger = closed(new Quorum(4, 4, 2));
        AutoRecovery recovery = recovery("worker", PATIENT);
        kill(member(metadata(ledger), 1));
        Eventually.holds("nobody can take over", () -> stalls(recovery, ledger, StallReason.NO_TARGET));
        Eventually.holds("it waits", () -> isIn(recovery, ledger, WorkState.BACK_OFF));
        startBookie("b5");
        Eventually.holds("repaired", () -> marks().isEmpty());
        checkEveryCopy(ledger);
    }

    @Test
    void theMarkOfADeletedLedgerIsRemoved() {
        LedgerId ledger = closed(THREE);
        await(cluster.repairs().mark(ledger, Set.of(member(metadata(ledger), 0))));
        await(client.delete(ledger));
        recovery("worker", HASTY);
        Eventually.holds("unmarked", () -> marks().isEmpty());
    }

    @Test
    void aSearchForMissingCopiesFindsWhatABookieLacksAndItIsFilled() {
        LedgerId ledger = closed(THREE);
        Versioned<LedgerMetadata> record = record(ledger);
        List<BookieId> ensemble = new ArrayList<>(record.value().lastFragment().ensemble());
        BookieId empty = bookies.keySet().stream()
                .filter(bookie -> !ensemble.contains(bookie))
                .findFirst()
                .orElseThrow();
        ensemble.set(1, empty);
        await(cluster.swap(ledger, record.value().withFragments(List.of(new Fragment(0, ensemble))), record.version()));
        AutoRecovery recovery = recovery("worker", HASTY);
        Eventually.holds("elected and searching", () -> await(recovery.search(Search.MISSING_COPIES)));
        Eventually.holds("filled", () -> read(empty, ledger, ENTRIES - 1) == Status.OK && marks().isEmpty());
        checkEveryCopy(ledger);
        assertThat(metadata(ledger).lastFragment().ensemble()).isEqualTo(ensemble);
        assertThat(await(cluster.repairs().completed(Search.MISSING_COPIES))).isPresent();
    }
}
