package dev.daybook.interop;

import static org.assertj.core.api.Assertions.assertThat;

import dev.daybook.client.AppendLedger;
import dev.daybook.client.LedgerException;
import dev.daybook.protocol.model.DigestType;
import dev.daybook.protocol.model.EntryId;
import dev.daybook.protocol.model.Quorum;
import dev.daybook.protocol.wire.Generation;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * kill -9 again and again against one bookie with a real disk: several writers with hundreds of adds under way, a fence in
 * the middle of one of them, deletions. After every restart each acknowledged entry of every ledger is read and compared.
 * {@code -Ddaybook.kill.rounds=50} is the long run; {@code -Ddaybook.kill.seed=N} repeats the dice, though not the timing.
 */
class KillLoopTest {
    private static final int ROUNDS = Integer.getInteger("daybook.kill.rounds", 3);
    private static final int WRITERS = 4;
    private static final int WINDOW = 200;
    private static final int SIZE = 500;
    private static final int LEDGERS_KEPT = 12;

    private final Random dice = new Random(Long.getLong("daybook.kill.seed", 1));
    private final List<AutoCloseable> running = new ArrayList<>();

    /** Per ledger the last entry that was acknowledged; what recovery finds behind it stays, too. */
    private final Map<Long, AtomicLong> acknowledged = new TreeMap<>();

    private Path folder = Path.of("");
    private Programs programs = new Programs(folder);
    private String uri = "";
    private int port;

    @BeforeEach
    void startMetadataService(@TempDir Path temporary) {
        folder = temporary;
        programs = new Programs(temporary);
        int zooKeeperPort = Programs.freePort();
        running.add(programs.zooKeeper(zooKeeperPort));
        uri = "zk+longhierarchical://127.0.0.1:" + zooKeeperPort + "/ledgers";
        port = Programs.freePort();
    }

    @AfterEach
    void stopMetadataService() throws Exception {
        for (AutoCloseable program : running) {
            program.close();
        }
    }

    @Test
    void everyAcknowledgedEntryIsThereAfterEveryKill() throws InterruptedException {
        long entries = 0;
        for (int round = 1; round <= ROUNDS; round++) {
            if (dice.nextInt(3) == 0) {
                killDuringStart();
            }
            try (ChildProcess bookie = programs.bookie(uri, port)) {
                entries = verifyAll();
                writeUntilKilled(bookie);
            }
            System.out.println("kill loop: round " + round + ", verified " + entries + " entries of "
                    + acknowledged.size() + " ledgers");
        }
        try (ChildProcess bookie = programs.bookie(uri, port)) {
            entries = verifyAll();
            assertThat(bookie.isAlive()).isTrue();
        }
        assertThat(entries).isPositive();
    }

    private void killDuringStart() {
        try (ChildProcess starting = programs.startBookie(uri, port)) {
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(200 + dice.nextInt(3000)));
            starting.kill();
        }
    }

    /** Also deletes the oldest ledgers, so that there is something to collect. */
    private long verifyAll() {
        ClusterSetUp.awaitWritable(uri, 1, Duration.ofSeconds(60));
        long entries = 0;
        try (OurClient client = new OurClient(uri, Generation.V3)) {
            for (Map.Entry<Long, AtomicLong> ledger : acknowledged.entrySet()) {
                String found = client.read(ledger.getKey(), true);
                long last = Long.parseLong(found.substring(0, found.indexOf(' ')));
                assertThat(last)
                        .as("last entry of ledger %s", ledger.getKey())
                        .isGreaterThanOrEqualTo(ledger.getValue().get());
                if (last >= 0) {
                    assertThat(found).isEqualTo(Payloads.summary(last + 1, SIZE));
                }
                ledger.getValue().set(last);
                entries += last + 1;
            }
            while (acknowledged.size() > LEDGERS_KEPT) {
                long oldest = acknowledged.keySet().iterator().next();
                client.delete(oldest);
                acknowledged.remove(oldest);
            }
        }
        return entries;
    }

    private void writeUntilKilled(ChildProcess bookie) throws InterruptedException {
        try (OurClient client = new OurClient(uri, Generation.V3);
                OurClient other = new OurClient(uri, Generation.V2)) {
            CountDownLatch underWay = new CountDownLatch(WRITERS * WINDOW);
            List<Thread> writers = new ArrayList<>();
            long fenced = -1;
            for (int i = 0; i < WRITERS; i++) {
                AppendLedger ledger = client.create(new Quorum(1, 1, 1), DigestType.CRC32C);
                fenced = ledger.id().value();
                AtomicLong last = new AtomicLong(-1);
                acknowledged.put(fenced, last);
                Thread writer = new Thread(() -> append(ledger, last, underWay), "writer-" + i);
                writer.setDaemon(true);
                writer.start();
                writers.add(writer);
            }
            assertThat(underWay.await(60, TimeUnit.SECONDS)).isTrue();
            if (dice.nextBoolean()) {
                other.read(fenced, true); // Recovery: fences the ledger under its writer.
            }
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(dice.nextInt(1500)));
            bookie.kill();
            for (Thread writer : writers) {
                writer.join(90_000);
                assertThat(writer.isAlive()).isFalse();
            }
        }
    }

    private static void append(AppendLedger ledger, AtomicLong acknowledged, CountDownLatch underWay) {
        Deque<CompletionStage<EntryId>> window = new ArrayDeque<>();
        try {
            for (long entry = 0; ; entry++) {
                window.add(ledger.append(Payloads.payload(entry, SIZE)));
                if (window.size() >= WINDOW) {
                    acknowledged.set(OurClient.await(window.remove()).value());
                    underWay.countDown();
                }
            }
        } catch (LedgerException | AssertionError e) {
            // Fenced or killed: what was acknowledged until now must be found again.
            while (underWay.getCount() > 0) {
                underWay.countDown();
            }
        }
    }
}
