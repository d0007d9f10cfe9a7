package dev.daybook.interop;

import static org.assertj.core.api.Assertions.assertThat;

import dev.daybook.protocol.model.BookieId;
import dev.daybook.protocol.model.LedgerId;
import dev.daybook.protocol.model.Quorum;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Repair of real processes while the auditor, a worker, the metadata service and another bookie are killed one by one. */
class HealingUnderFaultsTest {
    private static final int LEDGERS = Integer.getInteger("interop.ledgers", 40);
    private static final int ENTRIES = 20;
    private static final int ENTRY_BYTES = 4_096;
    private static final Quorum THREE = new Quorum(3, 3, 2);
    private static final Duration PATIENCE = Duration.ofMinutes(2).plusMillis(LEDGERS * 500L);

    /** So slow that a fault finds work under way, also after the time that it takes to miss who died. */
    private static final String RATE = LEDGERS * 3 + "KB";

    private HealingCluster cluster;

    @BeforeEach
    void start(@TempDir Path folder) {
        cluster = new HealingCluster(Programs.impatient(folder));
        cluster.startBookies(6);
    }

    @AfterEach
    void stop() {
        cluster.close();
    }

    @Test
    void everyLedgerIsWholeInTheEnd() {
        Copies copies = cluster.copies();
        List<LedgerId> ledgers = cluster.written(LEDGERS, number -> THREE, ENTRIES, ENTRY_BYTES);
        cluster.startHealer("a", RATE);
        cluster.startHealer("b", RATE);
        cluster.startHealer("c", RATE);
        BookieId first = killBookie();
        cluster.awaitProgress(ledgers, first, PATIENCE);

        String auditor = cluster.auditor().orElseThrow();
        cluster.killHealer(auditor);
        String successor = cluster.awaitAuditorAfter(auditor);
        cluster.killHealer(cluster.healers().stream()
                .filter(name -> !name.equals(successor))
                .findFirst()
                .orElseThrow());
        assertThat(copies.marked()).as("the repair is not over").isNotEmpty();

        cluster.killAndRestartZooKeeper();
        cluster.startHealer("d", RATE);
        BookieId second = killBookie();

        Copies.await(
                PATIENCE,
                () -> "marked are " + copies.marked() + ", with dead bookies " + copies.having(ledgers, first)
                        + copies.having(ledgers, second),
                () -> copies.having(ledgers, first).isEmpty()
                        && copies.having(ledgers, second).isEmpty()
                        && copies.marked().isEmpty());
        ledgers.forEach(ledger -> copies.check(ledger, ENTRIES, cluster.bookies()));
        Copies.await(PATIENCE, () -> "a lock is left", copies::nothingIsLocked);
    }

    private BookieId killBookie() {
        BookieId lost = cluster.bookies().iterator().next();
        cluster.kill(lost);
        return lost;
    }
}
