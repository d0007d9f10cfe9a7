package dev.daybook.interop;

import static org.assertj.core.api.Assertions.assertThat;

import dev.daybook.client.ClientConfig;
import dev.daybook.client.meta.MetadataUri;
import dev.daybook.core.work.WorkPace;
import dev.daybook.metrics.RecoveryMetrics;
import dev.daybook.protocol.model.BookieId;
import dev.daybook.protocol.model.LedgerId;
import dev.daybook.protocol.model.Quorum;
import dev.daybook.server.autorecovery.AutoRecovery;
import dev.daybook.server.autorecovery.AutoRecoveryConfig;
import dev.daybook.server.autorecovery.Duty;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Set;
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
    private static final int LEDGERS = Integer.getInteger("interop.ledgers", 60);

    private static final int ENTRIES = 7;
    private static final Quorum THREE = new Quorum(3, 3, 2);
    private static final Quorum STRIPED = new Quorum(5, 3, 2);
    private static final Quorum ALONE = new Quorum(1, 1, 1);

    /** As long as a dead session lives, a search, and the copies on a busy machine. */
    private static final Duration PATIENCE = Duration.ofSeconds(90).plusMillis(LEDGERS * 200L);

    private HealingCluster cluster;
    private Programs programs;
    private String uri;
    private Copies copies;

    @BeforeAll
    void start(@TempDir Path folder) {
        programs = new Programs(folder);
        cluster = new HealingCluster(programs);
        uri = cluster.uri();
        copies = cluster.copies();
        for (int i = 0; i < 3; i++) {
            cluster.startBookie(true);
            cluster.startBookie(false);
        }
        cluster.awaitWritable(6);
    }

    @AfterAll
    void stop() {
        cluster.close();
    }

    private AutoRecovery ours(Duty... duties) {
        return AutoRecovery.start(
                AutoRecoveryConfig.of("ours").withPace(new WorkPace(500, 5_000)).withDuties(Set.of(duties)),
                ClientConfig.of(MetadataUri.parse(uri)),
                Copies.connected(uri),
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
        List<LedgerId> ledgers = cluster.written(LEDGERS, HealingTest::quorum, ENTRIES, 100);
        BookieId lost = member(ledgers, official);
        List<LedgerId> hopeless = ledgers.stream()
                .filter(ledger -> copies.metadata(ledger).quorum().equals(ALONE) && copies.hasMember(ledger, lost))
                .sorted()
                .toList();
        cluster.kill(lost);

        Copies.await(
                PATIENCE,
                () -> "only " + hopeless + " have no copy left; in need of one are " + copies.having(ledgers, lost)
                        + ", marked are " + copies.marked() + ", and ours does "
                        + OurClient.await(ours.repairs(LEDGERS)),
                () -> copies.having(ledgers, lost).equals(hopeless)
                        && copies.marked().equals(hopeless));
        ledgers.stream()
                .filter(ledger -> !hopeless.contains(ledger))
                .forEach(ledger -> copies.check(ledger, ENTRIES, cluster.bookies()));
        cluster.delete(ledgers);
        cluster.startBookie(official);
        cluster.awaitWritable(6);
        Copies.await(
                PATIENCE,
                () -> "the ledgers are deleted, and marked " + copies.marked() + ", and ours does "
                        + OurClient.await(ours.repairs(LEDGERS)),
                () -> copies.marked().isEmpty());
        Copies.await(PATIENCE, () -> "a lock is left", copies::nothingIsLocked);
    }

    private static Quorum quorum(int number) {
        return number % 4 == 3 ? STRIPED : number % 10 == 0 ? ALONE : THREE;
    }

    /** A bookie of the kind, the holder of a ledger with a single copy if there is one. */
    private BookieId member(List<LedgerId> ledgers, boolean official) {
        List<BookieId> ofKind = cluster.bookies().stream()
                .filter(bookie -> programs.isOfficial(bookie.value()) == official)
                .toList();
        return ledgers.stream()
                .map(copies::metadata)
                .filter(ledger -> ledger.quorum().equals(ALONE))
                .map(ledger -> ledger.lastFragment().ensemble().get(0))
                .filter(ofKind::contains)
                .findFirst()
                .orElse(ofKind.get(0));
    }
}
