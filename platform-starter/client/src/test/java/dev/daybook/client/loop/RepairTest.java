package dev.daybook.client.loop;

import static dev.daybook.client.fake.Cluster.await;
import static dev.daybook.client.fake.Cluster.failure;
import static dev.daybook.client.fake.Cluster.until;
import static org.assertj.core.api.Assertions.assertThat;

import dev.daybook.client.AppendLedger;
import dev.daybook.client.LedgerClient;
import dev.daybook.client.LedgerException;
import dev.daybook.client.LedgerSpec;
import dev.daybook.client.fake.Cluster;
import dev.daybook.client.fake.FakeBookie;
import dev.daybook.client.fake.Fault;
import dev.daybook.client.meta.Eventually;
import dev.daybook.client.repair.RepairReport;
import dev.daybook.client.repair.RepairRequest;
import dev.daybook.client.repair.RepairRun;
import dev.daybook.core.quorum.Striping;
import dev.daybook.core.repair.CheckReport;
import dev.daybook.core.repair.CompleteRepair.Outcome;
import dev.daybook.core.repair.RepairTally;
import dev.daybook.core.repair.StallReason;
import dev.daybook.protocol.model.BookieId;
import dev.daybook.protocol.model.LedgerId;
import dev.daybook.protocol.model.LedgerMetadata;
import dev.daybook.protocol.model.LedgerState;
import dev.daybook.protocol.model.Quorum;
import dev.daybook.protocol.wire.Generation;
import dev.daybook.protocol.wire.Operation;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Repairs over real sockets, judged by what the bookies hold. */
class RepairTest {
    private static final int ENTRIES = 60;

    private final Cluster cluster = new Cluster(5);

    @AfterEach
    void close() {
        cluster.close();
    }

    private static AppendLedger write(LedgerClient client, Quorum quorum) {
        AppendLedger ledger = await(client.create(LedgerSpec.of(quorum)));
        for (int i = 0; i < ENTRIES; i++) {
            await(ledger.append(new byte[100]));
        }
        return ledger;
    }

    private FakeBookie member(LedgerId ledger, int position) {
        return cluster.bookie(cluster.metadata(ledger).lastFragment().ensemble().get(position));
    }

    private void kill(FakeBookie bookie) {
        cluster.unregister(bookie);
        bookie.stop();
    }

    private void checkEveryCopy(LedgerId ledger) {
        LedgerMetadata metadata = cluster.metadata(ledger);
        for (long id = 0; id < ENTRIES; id++) {
            List<BookieId> ensemble = metadata.fragmentOf(id).ensemble();
            for (int position : Striping.writeSet(metadata.quorum(), id)) {
                assertThat(cluster.bookie(ensemble.get(position)).entries(ledger.value()))
                        .as("entry %d on %s", id, ensemble.get(position))
                        .contains(id);
            }
        }
    }

    /** As long as a client has not heard that a bookie is gone it asks the bookie in vain; then it is tried again. */
    private static RepairReport repaired(LedgerClient client, LedgerId ledger, RepairRequest request) {
        RepairReport[] report = new RepairReport[1];
        Eventually.that("every bookie that is seen answers", () -> {
            report[0] = await(client.repairs().repair(ledger, request).end());
            return !(report[0].outcome() instanceof Outcome.Stalled stalled)
                    || stalled.stalls().stream().noneMatch(stall -> stall.reason() == StallReason.UNANSWERED);
        });
        return report[0];
    }

    @ParameterizedTest
    @EnumSource(Generation.class)
    void aLostBookieIsReplacedAndItsCopiesAreMadeAnew(Generation generation) {
        LedgerClient client = cluster.client(generation);
        AppendLedger ledger = write(client, new Quorum(4, 3, 2));
        await(ledger.closeLedger());
        FakeBookie lost = member(ledger.id(), 1);
        kill(lost);
        RepairReport report = repaired(client, ledger.id(), RepairRequest.ofLoss());
        assertThat(report.outcome()).isInstanceOf(Outcome.Whole.class);
        assertThat(report.tally()).isEqualTo(new RepairTally(ENTRIES * 3 / 4, ENTRIES * 300 / 4, 1));
        assertThat(cluster.metadata(ledger.id()).lastFragment().ensemble()).doesNotContain(lost.id());
        checkEveryCopy(ledger.id());
    }

    @ParameterizedTest
    @EnumSource(Generation.class)
    void aSourceIsAskedForManyEntriesAtOnce(Generation generation) {
        LedgerId ledger = writtenAndOneLost(cluster.client(generation), new byte[100]);
        LedgerClient client = cluster.client(generation);
        assertThat(repaired(client, ledger, RepairRequest.ofLoss()).outcome()).isInstanceOf(Outcome.Whole.class);
        checkEveryCopy(ledger);
        assertThat(received(Operation.BATCH_READ)).isBetween(1L, 4L);
        assertThat(received(Operation.READ)).isLessThan(ENTRIES / 2);
    }

    /** The member at position 0 is lost. */
    private LedgerId writtenAndOneLost(LedgerClient client, byte[] payload) {
        AppendLedger ledger = await(client.create(LedgerSpec.of(new Quorum(3, 3, 2))));
        for (int i = 0; i < ENTRIES; i++) {
            await(ledger.append(payload));
        }
        await(ledger.closeLedger());
        kill(member(ledger.id(), 0));
        return ledger.id();
    }

    private long received(Operation operation) {
        return cluster.bookies.stream()
                .mapToLong(bookie -> bookie.received(operation))
                .sum();
    }

    @Test
    void largeEntriesComeAFewAtATime() {
        LedgerId ledger = writtenAndOneLost(cluster.client(Generation.V3), new byte[100_000]);
        LedgerClient client = cluster.client(Generation.V3);
        assertThat(repaired(client, ledger, RepairRequest.ofLoss()).outcome()).isInstanceOf(Outcome.Whole.class);
        checkEveryCopy(ledger);
        assertThat(received(Operation.BATCH_READ)).isGreaterThanOrEqualTo(ENTRIES / 3);
    }

    /** Bookies before 4.17 close the connection on a batch read. */
    @Test
    void bookiesThatDoNotKnowBatchesAreAskedEntryByEntry() {
        cluster.bookies.forEach(bookie -> bookie.fault(Operation.BATCH_READ, Fault.CLOSE));
        LedgerId ledger = writtenAndOneLost(cluster.client(Generation.V3), new byte[100]);
        LedgerClient client = cluster.client(Generation.V3);
        assertThat(repaired(client, ledger, RepairRequest.ofLoss()).outcome()).isInstanceOf(Outcome.Whole.class);
        checkEveryCopy(ledger);
        assertThat(received(Operation.READ)).isGreaterThanOrEqualTo(ENTRIES);
    }

    @Test
    void aBatchWithHolesAndDamageIsMadeUpFor() {
        LedgerClient writer = cluster.client(Generation.V3);
        LedgerId ledger = writtenAndOneLost(writer, new byte[100]);
        FakeBookie first = member(ledger, 1);
        first.fault(Operation.BATCH_READ, Fault.CORRUPT);
        for (long id = 10; id < 20; id++) {
            first.lose(ledger.value(), id);
        }
        LedgerClient client = cluster.client(Generation.V3);
        FakeBookie lost = member(ledger, 0);
        RepairReport report = repaired(client, ledger, RepairRequest.ofSuspects(Set.of(first.id())));
        assertThat(report.outcome()).isInstanceOf(Outcome.Whole.class);
        assertThat(report.tally().copies()).isEqualTo(ENTRIES + 10);
        assertThat(cluster.metadata(ledger).lastFragment().ensemble()).doesNotContain(lost.id());
        checkEveryCopy(ledger);
    }

    @Test
    void whoDoesNotGiveWayRepairsAsWell() {
        LedgerId ledger = writtenAndOneLost(cluster.client(Generation.V3), new byte[100]);
        LedgerClient client = cluster.client(Generation.V3);
        client.repairs().giveWay(false);
        assertThat(repaired(client, ledger, RepairRequest.ofLoss()).outcome()).isInstanceOf(Outcome.Whole.class);
        checkEveryCopy(ledger);
    }

    @Test
    void manyLedgersTakeTurns() {
        LedgerClient writer = cluster.client(Generation.V3);
        List<LedgerId> ledgers = new ArrayList<>();
        for (int i = 0; i < 12; i++) {
            AppendLedger ledger = write(writer, new Quorum(3, 3, 2));
            await(ledger.closeLedger());
            ledgers.add(ledger.id());
        }
        kill(cluster.bookies.get(0));
        LedgerClient client = cluster.client(Generation.V3);
        List<CompletionStage<RepairReport>> ends = ledgers.stream()
                .map(ledger ->
                        client.repairs().repair(ledger, RepairRequest.ofLoss()).end())
                .toList();
        ends.forEach(Cluster::await);
        for (LedgerId ledger : ledgers) {
            repaired(client, ledger, RepairRequest.ofLoss());
            checkEveryCopy(ledger);
        }
    }

    @Test
    void holesAreFilledWhereTheyAre() {
        LedgerClient client = cluster.client(Generation.V3);
        AppendLedger ledger = write(client, new Quorum(3, 3, 2));
        LedgerMetadata before = await(ledger.closeLedger());
        FakeBookie holey = member(ledger.id(), 2);
        holey.lose(ledger.id().value(), 17);
        holey.lose(ledger.id().value(), 40);
        RepairReport report = repaired(client, ledger.id(), RepairRequest.ofSuspects(Set.of(holey.id())));
        assertThat(report.tally().copies()).isEqualTo(2);
        assertThat(cluster.metadata(ledger.id())).isEqualTo(before);
        checkEveryCopy(ledger.id());
    }

    @Test
    void anOpenLedgerIsRecoveredFirst() {
        LedgerClient client = cluster.client(Generation.V3);
        AppendLedger ledger = write(client, new Quorum(3, 3, 2));
        kill(member(ledger.id(), 0));
        RepairReport report = repaired(client, ledger.id(), RepairRequest.ofLoss());
        assertThat(report.outcome())
                .isInstanceOfSatisfying(
                        Outcome.Stalled.class,
                        stalled -> assertThat(stalled.stalls().get(0).reason()).isEqualTo(StallReason.OPEN));
        assertThat(await(client.repairs().recover(ledger.id())).state()).isEqualTo(LedgerState.CLOSED);
        assertThat(repaired(client, ledger.id(), RepairRequest.ofLoss()).outcome())
                .isInstanceOf(Outcome.Whole.class);
        checkEveryCopy(ledger.id());
    }

    @Test
    void withoutATargetTheReasonIsTold() {
        LedgerClient client = cluster.client(Generation.V3);
        AppendLedger ledger = write(client, new Quorum(5, 3, 2));
        await(ledger.closeLedger());
        kill(member(ledger.id(), 0));
        until(
                "the client has heard that the bookie is gone, and nobody can take over",
                () -> repaired(client, ledger.id(), RepairRequest.ofLoss()).outcome() instanceof Outcome.Stalled stalled
                        && stalled.stalls().get(0).reason() == StallReason.NO_TARGET);
    }

    @Test
    void aCheckTellsWhatIsMissingAndChangesNothing() {
        LedgerClient client = cluster.client(Generation.V3);
        AppendLedger ledger = write(client, new Quorum(3, 3, 2));
        LedgerMetadata before = await(ledger.closeLedger());
        FakeBookie holey = member(ledger.id(), 2);
        holey.lose(ledger.id().value(), 0);
        CheckReport report = await(client.repairs().check(ledger.id(), RepairRequest.ofLoss()))
                .orElseThrow();
        assertThat(report.faulty())
                .singleElement()
                .satisfies(faulty ->
                        assertThat(faulty.faults()).isEqualTo(Map.of(2, dev.daybook.core.repair.Fault.LACKING)));
        assertThat(report.unknown()).isEmpty();
        assertThat(holey.entries(ledger.id().value())).hasSize(ENTRIES - 1);
        assertThat(cluster.metadata(ledger.id())).isEqualTo(before);
    }

    @Test
    void aCheckOfADeletedLedgerFindsNothing() {
        LedgerClient client = cluster.client(Generation.V3);
        assertThat(await(client.repairs().check(new LedgerId(99), RepairRequest.ofLoss())))
                .isEmpty();
    }

    @Test
    void closingTheClientEndsACheck() {
        LedgerClient client = cluster.client(Generation.V3);
        AppendLedger ledger = write(client, new Quorum(3, 3, 2));
        await(ledger.closeLedger());
        member(ledger.id(), 0).fault(Operation.READ, Fault.DROP);
        CompletionStage<?> check = client.repairs().check(ledger.id(), RepairRequest.ofLoss());
        client.close();
        assertThat(failure(check).reason()).isEqualTo(LedgerException.Reason.CLIENT_CLOSED);
    }

    @Test
    void aDeletedLedgerIsGone() {
        LedgerClient client = cluster.client(Generation.V3);
        assertThat(repaired(client, new LedgerId(99), RepairRequest.ofLoss()).outcome())
                .isInstanceOf(Outcome.Gone.class);
    }

    @Test
    void aLimitedRepairTakesItsTime() {
        LedgerClient client = cluster.client(Generation.V3);
        AppendLedger ledger = write(client, new Quorum(3, 3, 2));
        await(ledger.closeLedger());
        kill(member(ledger.id(), 0));
        client.repairs().limitBytesPerSecond(1);
        RepairRun run = client.repairs().repair(ledger.id(), RepairRequest.ofLoss());
        until(
                "some reads were done and must be paid for",
                () -> cluster.bookie(cluster.metadata(ledger.id())
                                        .lastFragment()
                                        .ensemble()
                                        .get(1))
                                .received(Operation.READ)
                        > 0);
        assertThat(run.end().toCompletableFuture()).isNotDone();
        client.repairs().limitBytesPerSecond(0);
    }

    /** In the beginning there is room for one run, so what an abandoned repair kept would stop all the others. */
    @Test
    void anAbandonedRepairGivesItsRoomBack() {
        LedgerClient writer = cluster.client(Generation.V3);
        AppendLedger whole = write(writer, new Quorum(1, 1, 1));
        AppendLedger lacking = write(writer, new Quorum(3, 3, 2));
        await(whole.closeLedger());
        await(lacking.closeLedger());
        FakeBookie lost = member(lacking.id(), 0);
        kill(lost.equals(member(whole.id(), 0)) ? member(lacking.id(), 1) : lost);
        long adds = received(Operation.ADD);
        cluster.bookies.forEach(bookie -> bookie.fault(Operation.ADD, Fault.HOLD));
        LedgerClient client = cluster.client(Generation.V3);
        RepairRun run = client.repairs().repair(lacking.id(), RepairRequest.ofLoss());
        until("copies are on their way", () -> received(Operation.ADD) > adds);
        run.abandon();
        assertThat(failure(run.end()).getMessage()).contains("given up");
        assertThat(repaired(client, whole.id(), RepairRequest.ofLoss()).outcome())
                .isInstanceOf(Outcome.Whole.class);
    }

    /** Nothing stays behind in memory: the leak detector of the tests would tell. */
    @Test
    void closingTheClientEndsARepair() {
        LedgerClient client = cluster.client(Generation.V3);
        AppendLedger ledger = write(client, new Quorum(3, 3, 2));
        await(ledger.closeLedger());
        kill(member(ledger.id(), 0));
        for (BookieId bookie : cluster.metadata(ledger.id()).lastFragment().ensemble()) {
            cluster.bookie(bookie).fault(Operation.READ, Fault.DROP);
        }
        RepairRun run = client.repairs().repair(ledger.id(), RepairRequest.ofLoss());
        client.close();
        assertThat(failure(run.end()).reason()).isEqualTo(LedgerException.Reason.CLIENT_CLOSED);
    }
}
