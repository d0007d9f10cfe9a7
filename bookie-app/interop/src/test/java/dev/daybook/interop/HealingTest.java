package dev.daybook.interop;

import static org.assertj.core.api.Assertions.assertThat;

import dev.daybook.client.AppendLedger;
import dev.daybook.client.ClientConfig;
import dev.daybook.client.meta.MetadataStore;
import dev.daybook.client.meta.MetadataStores;
import dev.daybook.client.meta.MetadataTimeouts;
import dev.daybook.client.meta.MetadataUri;
import dev.daybook.client.meta.UnderReplicatedLedger;
import dev.daybook.core.quorum.Striping;
import dev.daybook.core.work.WorkPace;
import dev.daybook.metrics.RecoveryMetrics;
import dev.daybook.protocol.model.BookieId;
import dev.daybook.protocol.model.DigestType;
import dev.daybook.protocol.model.LedgerId;
import dev.daybook.protocol.model.LedgerMetadata;
import dev.daybook.protocol.model.Quorum;
import dev.daybook.protocol.model.Status;
import dev.daybook.protocol.wire.Generation;
import dev.daybook.server.autorecovery.AutoRecovery;
import dev.daybook.server.autorecovery.AutoRecoveryConfig;
import dev.daybook.server.autorecovery.Duty;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/**
 * Bookies of both kinds in one cluster, one is killed, and auditors and workers of either kind bring the copies back: judged by
 * asking every bookie for every entry.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class HealingTest {
    /** A run by hand may want 2,000. */
    private static final int LEDGERS = Integer.getInteger("daybook.healing.ledgers", 60);

    private static final int ENTRIES = 7;
    private static final Quorum THREE = new Quorum(3, 3, 2);
    private static final Quorum STRIPED = new Quorum(5, 3, 2);
    private static final Quorum ALONE = new Quorum(1, 1, 1);
    private static final Duration WAIT = Duration.ofSeconds(20);

    /** As long as a dead session lives, a search, and the copies on a busy machine. */
    private static final Duration PATIENCE = Duration.ofSeconds(90).plusMillis(LEDGERS * 200L);

    private final Map<BookieId, ChildProcess> bookies = new HashMap<>();
    private final List<AutoCloseable> running = new ArrayList<>();
    private Programs programs;
    private String uri;
    private OurClient client;
    private MetadataStore metadata;

    @BeforeAll
    void start(@TempDir Path folder) {
        programs = new Programs(folder);
        int zooKeeperPort = Programs.freePort();
        running.add(programs.zooKeeper(zooKeeperPort));
        uri = "zk+longhierarchical://127.0.0.1:" + zooKeeperPort + "/ledgers";
        ClusterSetUp.initialise(uri);
        for (int i = 0; i < 3; i++) {
            startBookie(true);
            startBookie(false);
        }
        ClusterSetUp.awaitWritable(uri, 6, Duration.ofSeconds(60));
        metadata = connected();
        running.add(metadata);
        client = new OurClient(uri, Generation.V3);
        running.add(client);
    }

    @AfterAll
    void stop() throws Exception {
        for (int i = running.size() - 1; i >= 0; i--) {
            running.get(i).close();
        }
        bookies.values().forEach(ChildProcess::close);
    }

    private void startBookie(boolean official) {
        int port = Programs.freePort();
        ChildProcess started = official ? programs.officialBookie(uri, port) : programs.startBookie(uri, port);
        bookies.put(new BookieId("127.0.0.1:" + port), started);
    }

    private MetadataStore connected() {
        return MetadataStores.connect(MetadataUri.parse(uri), new MetadataTimeouts(WAIT, WAIT, WAIT));
    }

    private AutoRecovery ours(Duty... duties) {
        return AutoRecovery.start(
                AutoRecoveryConfig.of("ours").withPace(new WorkPace(500, 5_000)).withDuties(Set.of(duties)),
                ClientConfig.of(MetadataUri.parse(uri)),
                connected(),
                RecoveryMetrics.NONE);
    }

    @Test
    void ourAuditorAndOurWorker() throws Exception {
        try (AutoRecovery both = ours(Duty.AUDIT, Duty.REPAIR)) {
            healsTheLossOfA(true, both);
            assertThat(OurClient.await(both.audit()).elected()).isTrue();
        }
    }

    @Test
    void theOfficialAuditorAndOurWorker() throws Exception {
        try (ChildProcess auditor = programs.officialHealing("auditor", uri);
                AutoRecovery worker = ours(Duty.REPAIR)) {
            healsTheLossOfA(false, worker);
            assertThat(OurClient.await(worker.audit()).elected()).isFalse();
            assertThat(OurClient.await(worker.repairs(1)).totals().copies()).isPositive();
            assertThat(auditor.isAlive()).isTrue();
        }
    }

    @Test
    void ourAuditorAndTheOfficialWorker() throws Exception {
        try (AutoRecovery auditor = ours(Duty.AUDIT);
                ChildProcess worker = programs.officialHealing("worker", uri)) {
            healsTheLossOfA(true, auditor);
            assertThat(OurClient.await(auditor.repairs(1)).totals().copies()).isZero();
            assertThat(worker.isAlive()).isTrue();
        }
    }

    /** Kills one bookie of the kind, and starts another after all is well again. */
    private void healsTheLossOfA(boolean official, AutoRecovery ours) {
        List<LedgerId> ledgers = written();
        BookieId lost = member(ledgers, official);
        List<LedgerId> hopeless = ledgers.stream()
                .filter(ledger -> metadata(ledger).quorum().equals(ALONE) && hasMember(ledger, lost))
                .sorted()
                .toList();
        Optional.ofNullable(bookies.remove(lost)).orElseThrow().kill();

        await(
                () -> "only " + hopeless + " have no copy left; in need of one are " + having(ledgers, lost)
                        + ", marked are " + marked() + ", and ours does " + OurClient.await(ours.repairs(LEDGERS)),
                () -> having(ledgers, lost).equals(hopeless) && marked().equals(hopeless));
        ledgers.stream().filter(ledger -> !hopeless.contains(ledger)).forEach(this::checkEveryCopy);
        ledgers.forEach(ledger -> OurClient.await(client.client().delete(ledger)));
        startBookie(official);
        ClusterSetUp.awaitWritable(uri, 6, Duration.ofSeconds(60));
        await(
                () -> "the ledgers are deleted, and marked " + marked() + ", and ours does "
                        + OurClient.await(ours.repairs(LEDGERS)),
                () -> marked().isEmpty());
        await(
                () -> "a lock is left",
                () -> OurClient.await(metadata.repairs().locks()).isEmpty());
    }

    private List<LedgerId> written() {
        List<LedgerId> ledgers = new ArrayList<>();
        for (int i = 0; i < LEDGERS; i++) {
            AppendLedger ledger = client.create(i % 4 == 3 ? STRIPED : i % 10 == 0 ? ALONE : THREE, DigestType.CRC32C);
            OurClient.append(ledger, ENTRIES, 100 + i);
            OurClient.await(ledger.closeLedger());
            ledgers.add(ledger.id());
        }
        return ledgers;
    }

    /** A bookie of the kind, the holder of a ledger with a single copy if there is one. */
    private BookieId member(List<LedgerId> ledgers, boolean official) {
        List<BookieId> ofKind = bookies.keySet().stream()
                .filter(bookie -> programs.isOfficial(bookie.value()) == official)
                .toList();
        return ledgers.stream()
                .map(this::metadata)
                .filter(ledger -> ledger.quorum().equals(ALONE))
                .map(ledger -> ledger.lastFragment().ensemble().get(0))
                .filter(ofKind::contains)
                .findFirst()
                .orElse(ofKind.get(0));
    }

    private LedgerMetadata metadata(LedgerId ledger) {
        return OurClient.await(metadata.read(ledger)).orElseThrow().value();
    }

    private boolean hasMember(LedgerId ledger, BookieId bookie) {
        return metadata(ledger).fragments().stream()
                .anyMatch(fragment -> fragment.ensemble().contains(bookie));
    }

    private List<LedgerId> having(List<LedgerId> ledgers, BookieId member) {
        return ledgers.stream()
                .filter(ledger -> hasMember(ledger, member))
                .sorted()
                .toList();
    }

    private List<LedgerId> marked() {
        return OurClient.await(metadata.repairs().marked(Optional.empty(), 100_000)).stream()
                .map(UnderReplicatedLedger::ledger)
                .sorted()
                .toList();
    }

    private void checkEveryCopy(LedgerId ledger) {
        LedgerMetadata record = metadata(ledger);
        assertThat(record.end().orElseThrow().lastEntryId()).isEqualTo(ENTRIES - 1);
        for (long entry = 0; entry < ENTRIES; entry++) {
            List<BookieId> ensemble = record.fragmentOf(entry).ensemble();
            assertThat(ensemble).doesNotHaveDuplicates().isSubsetOf(bookies.keySet());
            for (int position : Striping.writeSet(record.quorum(), entry)) {
                assertThat(RawRead.status(ensemble.get(position), ledger, entry))
                        .as("entry %d of ledger %s on %s", entry, ledger, ensemble.get(position))
                        .isEqualTo(Status.OK);
            }
        }
    }

    private static void await(Supplier<String> what, BooleanSupplier condition) {
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() - deadline > 0) {
                throw new AssertionError("did not come true within " + PATIENCE + ": " + what.get());
            }
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(200));
        }
    }
}
