package dev.daybook.interop;

import static org.assertj.core.api.Assertions.assertThat;

import dev.daybook.client.ClientConfig;
import dev.daybook.client.meta.MetadataUri;
import dev.daybook.core.audit.Search;
import dev.daybook.core.work.WorkPace;
import dev.daybook.metrics.RecoveryMetrics;
import dev.daybook.protocol.model.BookieId;
import dev.daybook.protocol.model.LedgerId;
import dev.daybook.protocol.model.Quorum;
import dev.daybook.protocol.model.Status;
import dev.daybook.server.autorecovery.AutoRecovery;
import dev.daybook.server.autorecovery.AutoRecoveryConfig;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** One bookie of ours among official ones; one of either kind starts with an empty folder under the name it had. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class WipedBookieTest {
    private static final int LEDGERS = Integer.getInteger("interop.ledgers", 40);
    private static final int ENTRIES = 15;
    private static final int ENTRY_BYTES = 1_000;
    private static final Quorum THREE = new Quorum(3, 3, 2);
    private static final Quorum STRIPED = new Quorum(4, 3, 2);
    private static final Duration PATIENCE = Duration.ofMinutes(2).plusMillis(LEDGERS * 200L);

    private final Queue<String> denials = new ConcurrentLinkedQueue<>();
    private HealingCluster cluster;
    private Programs programs;
    private Copies copies;
    private BookieId ours;
    private BookieId official;
    private List<LedgerId> ledgers = List.of();
    private volatile boolean enough;

    @BeforeAll
    void start(@TempDir Path folder) {
        programs = new Programs(folder);
        cluster = new HealingCluster(programs);
        copies = cluster.copies();
        ours = cluster.startBookie(false);
        official = cluster.startBookie(true);
        cluster.startBookie(true);
        cluster.startBookie(true);
        cluster.awaitWritable(4);
    }

    @AfterAll
    void stop() {
        cluster.close();
    }

    @AfterEach
    void deleteLedgers() {
        cluster.delete(ledgers);
    }

    private void write() {
        ledgers = cluster.written(LEDGERS, number -> number % 2 == 0 ? THREE : STRIPED, ENTRIES, ENTRY_BYTES);
        // An ack quorum of two may leave a bookie behind for a moment.
        for (BookieId bookie : cluster.bookies()) {
            Copies.await(PATIENCE, () -> bookie + " lacks entries", () -> hasEverything(bookie));
        }
    }

    private boolean hasEverything(BookieId bookie) {
        try {
            return ledgers.stream()
                    .allMatch(ledger -> copies.entriesOf(ledger, bookie, ENTRIES).stream()
                            .allMatch(entry -> RawRead.status(bookie, ledger, entry) == Status.OK));
        } catch (UncheckedIOException e) {
            return false; // It does not listen yet.
        }
    }

    /** Asks our bookie for what it had, from before it listens until it is whole again. */
    private void interrogate() {
        while (!enough) {
            for (LedgerId ledger : ledgers) {
                for (long entry : copies.entriesOf(ledger, ours, ENTRIES)) {
                    try {
                        Status status = RawRead.status(ours, ledger, entry);
                        if (status.isExplicitNegative()) {
                            denials.add(ledger + " " + entry + " " + status);
                        }
                    } catch (UncheckedIOException e) {
                        LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(20));
                    }
                }
            }
        }
    }

    @Test
    void oursIsFilledByOfficialOnesAndDeniesNothingMeanwhile() throws InterruptedException {
        write();
        Thread questioner = new Thread(this::interrogate, "questioner");
        questioner.setDaemon(true);

        cluster.wipe(ours, questioner::start, "--accept-data-loss");
        Copies.await(PATIENCE, () -> ours + " lacks entries", () -> hasEverything(ours));
        enough = true;
        questioner.join(PATIENCE.toMillis());

        assertThat(questioner.isAlive()).isFalse();
        assertThat(denials).isEmpty();
        ledgers.forEach(ledger -> copies.checkEqual(ledger, ENTRIES, cluster.bookies()));
        LedgerId whole = ledgers.stream()
                .filter(ledger -> copies.hasMember(ledger, ours))
                .findFirst()
                .orElseThrow();
        Copies.await(
                PATIENCE,
                () -> "it does not say of an entry that never was that there is none",
                () -> RawRead.status(ours, whole, ENTRIES) == Status.NO_ENTRY);
    }

    /** It denies what it had, as the first one of its kind would; our auditor finds out, and our worker fills it. */
    @Test
    void anOfficialOneIsFilledByOurAutoRecovery() {
        write();
        cluster.wipe(official, () -> forgetCookie(official));
        cluster.awaitWritable(4);
        assertThat(hasEverything(official)).isFalse();

        try (AutoRecovery recovery = AutoRecovery.start(
                AutoRecoveryConfig.of("ours").withPace(new WorkPace(500, 5_000)),
                ClientConfig.of(MetadataUri.parse(cluster.uri())),
                Copies.connected(cluster.uri()),
                RecoveryMetrics.NONE)) {
            Copies.await(
                    PATIENCE,
                    () -> "it does not become the auditor",
                    () -> OurClient.await(recovery.search(Search.MISSING_COPIES)));
            Copies.await(
                    PATIENCE,
                    () -> OurClient.await(recovery.repairs(LEDGERS)).toString(),
                    () -> hasEverything(official) && copies.marked().isEmpty());
        }
        ledgers.forEach(ledger -> copies.checkEqual(ledger, ENTRIES, cluster.bookies()));
        Copies.await(PATIENCE, () -> "a lock is left", copies::nothingIsLocked);
    }

    private void forgetCookie(BookieId bookie) {
        try (ChildProcess command = programs.command(
                "bookie", "cookie", "delete", bookie.value(), "--yes", "--metadata-uri", cluster.uri())) {
            command.awaitOutput(PATIENCE);
        }
    }
}
