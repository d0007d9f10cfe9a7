package dev.daybook.interop;

import static org.assertj.core.api.Assertions.assertThat;

import dev.daybook.client.AppendLedger;
import dev.daybook.protocol.model.BookieId;
import dev.daybook.protocol.model.DigestType;
import dev.daybook.protocol.model.LedgerId;
import dev.daybook.protocol.model.Quorum;
import dev.daybook.protocol.wire.Generation;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
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

    /** So slow that a fault finds work under way. */
    private static final String RATE = LEDGERS * 20 + "KB";

    private final Map<BookieId, ChildProcess> bookies = new HashMap<>();
    private final Map<String, ChildProcess> healers = new HashMap<>();
    private Programs programs;
    private ChildProcess zooKeeper;
    private int zooKeeperPort;
    private String uri;
    private Copies copies;

    @BeforeEach
    void start(@TempDir Path folder) {
        programs = new Programs(folder);
        zooKeeperPort = Programs.freePort();
        zooKeeper = programs.zooKeeper(zooKeeperPort);
        uri = "zk+longhierarchical://127.0.0.1:" + zooKeeperPort + "/ledgers";
        ClusterSetUp.initialise(uri);
        for (int i = 0; i < 6; i++) {
            int port = Programs.freePort();
            bookies.put(new BookieId("127.0.0.1:" + port), programs.startBookie(uri, port));
        }
        ClusterSetUp.awaitWritable(uri, 6, Duration.ofMinutes(3));
        copies = new Copies(uri);
    }

    @AfterEach
    void stop() {
        copies.close();
        healers.values().forEach(ChildProcess::close);
        bookies.values().forEach(ChildProcess::close);
        zooKeeper.close();
    }

    @Test
    void everyLedgerIsWholeInTheEnd() {
        List<LedgerId> ledgers = written();
        startHealer("a");
        startHealer("b");
        startHealer("c");
        BookieId first = killBookie();
        awaitProgress(ledgers, first);

        String auditor = OurClient.await(copies.store().repairs().auditor()).orElseThrow();
        kill(auditor);
        Copies.await(
                PATIENCE,
                () -> "no other auditor than " + auditor,
                () -> OurClient.await(copies.store().repairs().auditor())
                        .filter(name -> !name.equals(auditor))
                        .isPresent());
        String worker = OurClient.await(copies.store().repairs().auditor()).orElseThrow();
        kill(healers.keySet().stream()
                .filter(name -> !name.equals(worker))
                .findFirst()
                .orElseThrow());
        assertThat(copies.marked()).as("the repair is not over").isNotEmpty();

        zooKeeper.kill();
        zooKeeper = programs.zooKeeper(zooKeeperPort);
        startHealer("d");
        BookieId second = killBookie();

        Copies.await(
                PATIENCE,
                () -> "marked are " + copies.marked() + ", with dead bookies " + copies.having(ledgers, first)
                        + copies.having(ledgers, second),
                () -> copies.having(ledgers, first).isEmpty()
                        && copies.having(ledgers, second).isEmpty()
                        && copies.marked().isEmpty());
        ledgers.forEach(ledger -> copies.check(ledger, ENTRIES, bookies.keySet()));
        Copies.await(PATIENCE, () -> "a lock is left", copies::nothingIsLocked);
    }

    private List<LedgerId> written() {
        List<LedgerId> ledgers = new ArrayList<>();
        try (OurClient client = new OurClient(uri, Generation.V3)) {
            for (int i = 0; i < LEDGERS; i++) {
                AppendLedger ledger = client.create(THREE, DigestType.CRC32C);
                OurClient.append(ledger, ENTRIES, ENTRY_BYTES);
                OurClient.await(ledger.closeLedger());
                ledgers.add(ledger.id());
            }
        }
        return ledgers;
    }

    private void startHealer(String name) {
        healers.put(name, programs.autoRecovery(uri, name, "--rate", RATE));
    }

    private void kill(String healer) {
        Optional.ofNullable(healers.remove(healer)).orElseThrow().kill();
    }

    private BookieId killBookie() {
        BookieId lost = bookies.keySet().iterator().next();
        Optional.ofNullable(bookies.remove(lost)).orElseThrow().kill();
        return lost;
    }

    /** Some ledgers are whole again and others are not. */
    private void awaitProgress(List<LedgerId> ledgers, BookieId lost) {
        int before = copies.having(ledgers, lost).size();
        assertThat(before).isGreaterThan(1);
        Copies.await(
                PATIENCE,
                () -> "all of " + before + " ledgers wait",
                () -> copies.having(ledgers, lost).size() < before);
        assertThat(copies.having(ledgers, lost)).isNotEmpty();
    }
}
