package dev.daybook.interop;

import static org.assertj.core.api.Assertions.assertThat;

import dev.daybook.client.AppendLedger;
import dev.daybook.protocol.model.DigestType;
import dev.daybook.protocol.model.EntryId;
import dev.daybook.protocol.model.Quorum;
import dev.daybook.protocol.wire.Generation;
import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** kill -9 against real processes with a real disk. */
class KillTest {
    private static final int SIZE = 400;

    /** Enough that writing is still under way when the progress bar shows for the first time. */
    private static final int LINES = 600_000;

    private final List<AutoCloseable> running = new ArrayList<>();
    private final List<ChildProcess> bookies = new ArrayList<>();
    private final List<Integer> ports = new ArrayList<>();
    private Path folder = Path.of("");
    private Programs programs = new Programs(folder);
    private String uri = "";

    @BeforeEach
    void startCluster(@TempDir Path temporary) {
        folder = temporary;
        programs = new Programs(temporary);
        int zooKeeperPort = Programs.freePort();
        running.add(programs.zooKeeper(zooKeeperPort));
        uri = "zk+longhierarchical://127.0.0.1:" + zooKeeperPort + "/ledgers";
        for (int i = 0; i < 3; i++) {
            ports.add(Programs.freePort());
        }
        bookies.addAll(programs.bookies(uri, ports));
        running.addAll(bookies);
    }

    @AfterEach
    void stopCluster() throws Exception {
        for (int i = running.size() - 1; i >= 0; i--) {
            running.get(i).close();
        }
    }

    @Test
    void theQuickstartFinishesWhenABookieDiesUnderIt() throws IOException {
        Path input = folder.resolve("input.txt");
        writeLines(input, LINES);
        ChildProcess quickstart = programs.quickstart(uri, input);
        running.add(quickstart);
        quickstart.awaitError(text -> text.contains("writing ["), Duration.ofSeconds(60));

        bookies.get(1).kill();

        String summary = quickstart.awaitLine(line -> line.startsWith("Verified"), Duration.ofMinutes(3));
        assertThat(summary).contains("match the input");
        assertThat(quickstart.awaitExit(Duration.ofSeconds(30))).isZero();
    }

    @Test
    void everyAcknowledgedEntryIsThereAfterAllBookiesDiedAtOnce() throws InterruptedException {
        AtomicLong acknowledged = new AtomicLong(-1);
        long ledger;
        try (OurClient client = new OurClient(uri, Generation.V3)) {
            AppendLedger writer = client.create(new Quorum(3, 3, 2), DigestType.CRC32C);
            ledger = writer.id().value();
            CountDownLatch underWay = new CountDownLatch(2_000);
            Thread appender = new Thread(() -> appendUntilItFails(writer, acknowledged, underWay), "appender");
            appender.setDaemon(true);
            appender.start();
            assertThat(underWay.await(60, TimeUnit.SECONDS)).isTrue();

            bookies.forEach(ChildProcess::kill);
            appender.join(60_000);
            assertThat(appender.isAlive()).isFalse();
        }
        running.addAll(programs.bookies(uri, ports));
        try (OurClient client = new OurClient(uri, Generation.V3)) {
            String recovered = client.read(ledger, true);
            long last = Long.parseLong(recovered.substring(0, recovered.indexOf(' ')));
            assertThat(last).isGreaterThanOrEqualTo(acknowledged.get());
            assertThat(client.read(ledger, false)).isEqualTo(Payloads.summary(last + 1, SIZE));
        }
    }

    /** Keeps a few hundred appends under way; ends with the first failure. */
    private static void appendUntilItFails(AppendLedger writer, AtomicLong acknowledged, CountDownLatch underWay) {
        List<CompletionStage<EntryId>> window = new ArrayList<>();
        try {
            for (long entry = 0; ; entry++) {
                window.add(writer.append(Payloads.payload(entry, SIZE)));
                if (window.size() == 200) {
                    for (CompletionStage<EntryId> append : window) {
                        acknowledged.set(OurClient.await(append).value());
                        underWay.countDown();
                    }
                    window.clear();
                }
            }
        } catch (RuntimeException | AssertionError e) {
            // The bookies are gone: what was acknowledged until now is what must be found again.
            underWay.countDown();
        }
    }

    private static void writeLines(Path file, int count) throws IOException {
        try (BufferedWriter writer = Files.newBufferedWriter(file, StandardCharsets.UTF_8)) {
            for (int i = 0; i < count; i++) {
                writer.write("line " + i + " of a text that is long enough to keep the writer busy for a while");
                writer.write('\n');
            }
        }
    }
}
