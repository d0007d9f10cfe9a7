package dev.daybook.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.daybook.client.AppendLedger;
import dev.daybook.client.ClientConfig;
import dev.daybook.client.LedgerClient;
import dev.daybook.client.LedgerSpec;
import dev.daybook.client.loop.LoopLedgerClient;
import dev.daybook.client.meta.MetadataUri;
import dev.daybook.client.meta.UnderReplicatedLedger;
import dev.daybook.client.meta.memory.InMemoryMetadataStore;
import dev.daybook.core.audit.Search;
import dev.daybook.core.quorum.Striping;
import dev.daybook.core.repair.Stall;
import dev.daybook.core.repair.StallReason;
import dev.daybook.core.work.LedgerWork;
import dev.daybook.core.work.WorkPace;
import dev.daybook.core.work.WorkState;
import dev.daybook.metrics.ClientMetrics;
import dev.daybook.metrics.RecoveryMetrics;
import dev.daybook.protocol.model.BookieId;
import dev.daybook.protocol.model.Fragment;
import dev.daybook.protocol.model.LedgerId;
import dev.daybook.protocol.model.LedgerMetadata;
import dev.daybook.protocol.model.LedgerPassword;
import dev.daybook.protocol.model.Quorum;
import dev.daybook.protocol.model.Status;
import dev.daybook.protocol.model.Versioned;
import dev.daybook.server.autorecovery.AutoRecovery;
import dev.daybook.server.autorecovery.AutoRecoveryConfig;
import dev.daybook.server.autorecovery.RepairActivity;
import dev.daybook.server.net.Eventually;
import dev.daybook.server.net.Peer;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Bookies die, and their copies come back: judged by asking every bookie for every entry. */
class AutoRecoveryTest {
    private static final int ENTRIES = 20;

    /** Six ledgers of several kinds in each; a run by hand may want more. */
    private static final int ROUNDS = Integer.getInteger("daybook.autorecovery.rounds", 6);

    private static final Quorum ALONE = new Quorum(1, 1, 1);
    private static final Quorum THREE = new Quorum(3, 3, 2);
    private static final Quorum STRIPED = new Quorum(4, 3, 2);

    /** Waits that a test can bear. */
    private static final WorkPace HASTY = new WorkPace(300, 3_200);

    private static final WorkPace PATIENT = new WorkPace(3_600_000, 3_600_000);
    private static final long SLOW = 1;

    @TempDir
    Path root;

    private final InMemoryMetadataStore cluster = new InMemoryMetadataStore();
    private final Map<BookieId, BookieServer> bookies = new HashMap<>();
    private final List<AutoRecovery> recoveries = new ArrayList<>();
    private LedgerClient client;

    @BeforeEach
    void begin() {
        for (String name : List.of("b1", "b2", "b3", "b4")) {
            startBookie(name);
        }
        client = new LoopLedgerClient(clientConfig(), cluster.another(), ClientMetrics.NONE);
    }

    @AfterEach
    void end() {
        recoveries.forEach(AutoRecovery::close);
        client.close();
        bookies.values().forEach(BookieServer::close);
    }

    private static ClientConfig clientConfig() {
        return ClientConfig.of(MetadataUri.parse("zk://unused/ledgers"));
    }

    private void startBookie(String name) {
        bookies.put(new BookieId(name), TestBookies.started(TestBookies.config(root.resolve(name), name, 0), cluster));
    }

    private void kill(BookieId bookie) {
        Optional.ofNullable(bookies.remove(bookie)).orElseThrow().close();
    }

    private AutoRecovery recovery(String name, WorkPace pace) {
        AutoRecovery begun = AutoRecovery.start(
                AutoRecoveryConfig.of(name).withPace(pace), clientConfig(), cluster.another(), RecoveryMetrics.NONE);
        recoveries.add(begun);
        return begun;
    }

    private void close(AutoRecovery recovery) {
        recovery.close();
        recoveries.remove(recovery);
    }

    private AppendLedger written(Quorum quorum) {
        AppendLedger ledger = await(client.create(LedgerSpec.of(quorum).withPassword(LedgerPassword.of("secret"))));
        for (int i = 0; i < ENTRIES; i++) {
            await(ledger.append(new byte[50 + i]));
        }
        return ledger;
    }

    private LedgerId closed(Quorum quorum) {
        AppendLedger ledger = written(quorum);
        await(ledger.closeLedger());
        return ledger.id();
    }

    private LedgerMetadata metadata(LedgerId ledger) {
        return record(ledger).value();
    }

    private Versioned<LedgerMetadata> record(LedgerId ledger) {
        return await(cluster.read(ledger)).orElseThrow();
    }

    private static BookieId member(LedgerMetadata metadata, int position) {
        return metadata.lastFragment().ensemble().get(position);
    }

    private List<UnderReplicatedLedger> marks() {
        return await(cluster.repairs().marked(Optional.empty(), 10_000));
    }

    private static Optional<LedgerWork> work(AutoRecovery recovery, LedgerId ledger) {
        return activity(recovery).works().stream()
                .map(RepairActivity.Work::work)
                .filter(work -> work.ledger().equals(ledger))
                .findFirst();
    }

    private static boolean isIn(AutoRecovery recovery, LedgerId ledger, WorkState state) {
        return work(recovery, ledger).filter(work -> work.state() == state).isPresent();
    }

    private static boolean stalls(AutoRecovery recovery, LedgerId ledger, StallReason reason) {
        return work(recovery, ledger).stream()
                .flatMap(work -> work.stalls().stream())
                .map(Stall::reason)
                .anyMatch(reason::equals);
    }

    private static RepairActivity activity(AutoRecovery recovery) {
        return await(recovery.repairs(10_000));
    }

    /** Every bookie that should have an entry has it, and says so itself. */
    private void checkEveryCopy(LedgerId ledger) {
        LedgerMetadata metadata = metadata(ledger);
        long last = metadata.end().orElseThrow().lastEntryId();
        for (long entry = 0; entry <= last; entry++) {
            List<BookieId> ensemble = metadata.fragmentOf(entry).ensemble();
            for (int position : Striping.writeSet(metadata.quorum(), entry)) {
                assertThat(read(ensemble.get(position), ledger, entry))
                        .as("entry %d of ledger %s on %s", entry, ledger, ensemble.get(position))
                        .isEqualTo(Status.OK);
            }
        }
    }

    /** The v2 read, wire protocol, section 5.1. */
    private Status read(BookieId bookie, LedgerId ledger, long entry) {
        BookieServer server =
                Optional.ofNullable(bookies.get(bookie)).orElseThrow(() -> new AssertionError(bookie + " is dead"));
        try (Peer peer = new Peer(server.port())) {
            peer.send(String.format("0000001402020000%016x%016x", ledger.value(), entry));
            String answer = peer.receive().orElseThrow();
            return Status.ofV2Code(Integer.parseInt(answer.substring(16, 24), 16))
                    .orElseThrow();
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private static <T> T await(CompletionStage<T> stage) {
        return stage.toCompletableFuture().join();
    }

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

    private boolean isMember(LedgerId ledger, BookieId bookie) {
        return metadata(ledger).fragments().stream()
                .anyMatch(fragment -> fragment.ensemble().contains(bookie));
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
