package dev.daybook.interop;

import static org.assertj.core.api.Assertions.assertThat;

import dev.daybook.client.AppendLedger;
import dev.daybook.client.ReadLedger;
import dev.daybook.client.TailResult;
import dev.daybook.protocol.model.DigestType;
import dev.daybook.protocol.model.Quorum;
import dev.daybook.protocol.wire.Generation;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Batch reads and long polls of both clients on ensembles of both kinds of bookie. Every bookie serves: batches begin at
 * changing entries, and the order of asking turns with them.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ReadingTest {
    private static final int ENTRIES = 60;
    private static final int SIZE = 700;
    private static final String SUMMARY = Payloads.summary(ENTRIES, SIZE);

    private final List<AutoCloseable> running = new ArrayList<>();
    private final Map<Generation, OfficialClient> official = new EnumMap<>(Generation.class);
    private final Map<Generation, OurClient> ours = new EnumMap<>(Generation.class);

    @BeforeAll
    void startCluster(@TempDir Path folder) {
        Programs programs = new Programs(folder);
        int zooKeeperPort = Programs.freePort();
        running.add(programs.zooKeeper(zooKeeperPort));
        String uri = "zk+longhierarchical://127.0.0.1:" + zooKeeperPort + "/ledgers";
        ClusterSetUp.initialise(uri);
        running.add(programs.officialBookie(uri, Programs.freePort()));
        running.add(programs.bookie(uri, Programs.freePort()));
        running.add(programs.officialBookie(uri, Programs.freePort()));
        ClusterSetUp.awaitWritable(uri, 3, Duration.ofSeconds(90));
        for (Generation generation : Generation.values()) {
            OfficialClient theirs =
                    programs.officialClient(uri, generation.name().toLowerCase(Locale.ROOT));
            running.add(theirs);
            official.put(generation, theirs);
            OurClient our = new OurClient(uri, generation);
            running.add(our);
            ours.put(generation, our);
        }
    }

    @AfterAll
    void stopCluster() throws Exception {
        for (int i = running.size() - 1; i >= 0; i--) {
            running.get(i).close();
        }
    }

    private OfficialClient official(Generation generation) {
        return Objects.requireNonNull(official.get(generation));
    }

    private OurClient ours(Generation generation) {
        return Objects.requireNonNull(ours.get(generation));
    }

    /** A closed ledger of ours. */
    private long ourLedger(Generation generation, Quorum quorum) {
        AppendLedger writer = ours(generation).create(quorum, DigestType.CRC32C);
        OurClient.append(writer, ENTRIES, SIZE);
        OurClient.await(writer.closeLedger());
        return writer.id().value();
    }

    private long theirLedger(Generation generation, Quorum quorum) {
        OfficialClient writer = official(generation);
        long ledger = Long.parseLong(
                writer.ask("create %d %d %d CRC32C pw".formatted(quorum.ensemble(), quorum.write(), quorum.ack())));
        writer.ask("add %d %d %d".formatted(ledger, ENTRIES, SIZE));
        writer.ask("close %d".formatted(ledger));
        return ledger;
    }

    @ParameterizedTest
    @CsvSource({"V2,3,3,2", "V3,3,3,2", "V2,3,2,2", "V3,1,1,1"})
    void oursReadsTheOfficialLedgerByBatches(Generation generation, int e, int w, int a) {
        long ledger = theirLedger(generation, new Quorum(e, w, a));
        assertThat(ours(generation).readBatches(ledger, 7, 0)).isEqualTo(SUMMARY);
        assertThat(ours(generation).readBatches(ledger, 0, 5 * SIZE)).isEqualTo(SUMMARY);
        assertThat(ours(generation).readBatches(ledger, 0, 1)).isEqualTo(SUMMARY);
    }

    /** Only in version 2: in version 3 the official client refuses to. */
    @ParameterizedTest
    @CsvSource({"V2,3,3,2", "V3,3,3,2", "V2,3,2,2", "V3,1,1,1"})
    void theOfficialClientReadsOursByBatches(Generation generation, int e, int w, int a) {
        long ledger = ourLedger(generation, new Quorum(e, w, a));
        for (String limits : List.of("7 1000000", "1000 %d".formatted(5 * SIZE), "1000 1")) {
            assertThat(official(Generation.V2).ask("batch %d CRC32C pw %s".formatted(ledger, limits)))
                    .isEqualTo(SUMMARY);
        }
    }

    @ParameterizedTest
    @CsvSource({"V2,3,3,2", "V3,3,3,2", "V3,3,2,2", "V2,3,2,1"})
    void oursWaitsForEntriesOfTheOfficialWriter(Generation generation, int e, int w, int a) {
        OfficialClient writer = official(generation);
        long ledger = Long.parseLong(writer.ask("create %d %d %d CRC32C pw".formatted(e, w, a)));
        try (ReadLedger reader = ours(generation).open(ledger)) {
            for (long id = 0; id < 5; id++) {
                CompletionStage<TailResult> next = reader.awaitEntry(id, Duration.ofSeconds(30));
                // That an entry is confirmed travels with the next one.
                writer.ask("add %d 2 %d".formatted(ledger, SIZE));
                assertThat(OurClient.await(next))
                        .isInstanceOfSatisfying(
                                TailResult.Arrived.class,
                                arrived -> assertThat(arrived.entry().payload())
                                        .isEqualTo(Payloads.payload(
                                                arrived.entry().id().value(), SIZE)));
            }
            writer.ask("close %d".formatted(ledger));
            assertThat(OurClient.await(reader.awaitEntry(10, Duration.ofSeconds(30))))
                    .isEqualTo(new TailResult.EndOfLedger(9));
        }
    }

    @ParameterizedTest
    @EnumSource(Generation.class)
    void theOfficialClientWaitsForEntriesOfOurWriter(Generation generation) {
        AppendLedger writer = ours(generation).create(new Quorum(3, 3, 2), DigestType.CRC32C);
        long ledger = writer.id().value();
        OurClient.append(writer, 3, 20);
        assertThat(official(Generation.V3).ask("poll %d CRC32C pw 0 2000".formatted(ledger)))
                .endsWith(" " + text(0));
        CompletableFuture<String> waiting = CompletableFuture.supplyAsync(
                () -> official(Generation.V3).ask("poll %d CRC32C pw 3 4000".formatted(ledger)));
        OurClient.append(writer, 1, 20);
        // Our idle writer tells its last-add-confirmed by itself, so the entry needs no successor.
        assertThat(waiting.join()).isEqualTo("3 " + text(3));
        OurClient.await(writer.closeLedger());
    }

    private static String text(long entryId) {
        return new String(Payloads.payload(entryId, 20), StandardCharsets.US_ASCII);
    }
}
