package dev.daybook.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.daybook.client.ClientConfig;
import dev.daybook.client.LedgerClient;
import dev.daybook.client.LedgerException;
import dev.daybook.client.LedgerException.Reason;
import dev.daybook.client.LedgerSpec;
import dev.daybook.client.log.LogDescription;
import dev.daybook.client.log.LogPosition;
import dev.daybook.client.log.LogReader;
import dev.daybook.client.log.LogRecord;
import dev.daybook.client.log.LogStart;
import dev.daybook.client.log.LogWriter;
import dev.daybook.client.log.LogWriterConfig;
import dev.daybook.client.loop.LoopLedgerClient;
import dev.daybook.client.meta.MetadataUri;
import dev.daybook.client.meta.memory.InMemoryMetadataStore;
import dev.daybook.metrics.ClientMetrics;
import dev.daybook.protocol.model.LedgerPassword;
import dev.daybook.protocol.model.Quorum;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Named logs over four bookies: rolling, tailing, a bookie that goes away, a writer that takes over, truncation. */
class NamedLogsTest {
    private static final String LOG = "orders";
    private static final LogWriterConfig SMALL_LEDGERS =
            LogWriterConfig.of(LedgerSpec.of(new Quorum(3, 3, 2)), "writer").withRoll(20_000, Duration.ofHours(1));

    @TempDir
    Path root;

    private final InMemoryMetadataStore cluster = new InMemoryMetadataStore();
    private final List<BookieServer> bookies = new ArrayList<>();
    private final List<LedgerClient> clients = new ArrayList<>();

    @BeforeEach
    void begin() {
        for (String name : List.of("b1", "b2", "b3", "b4")) {
            bookies.add(TestBookies.started(TestBookies.config(root.resolve(name), name, 0), cluster));
        }
    }

    @AfterEach
    void end() {
        clients.forEach(LedgerClient::close);
        bookies.forEach(BookieServer::close);
    }

    private LedgerClient client() {
        ClientConfig config = ClientConfig.of(MetadataUri.parse("zk://unused/ledgers"));
        LedgerClient client = new LoopLedgerClient(config, cluster.another(), ClientMetrics.NONE);
        clients.add(client);
        return client;
    }

    private static byte[] payload(int number) {
        return (number + " ".repeat(1_000)).getBytes(StandardCharsets.UTF_8);
    }

    private static int number(LogRecord record) {
        return Integer.parseInt(new String(record.payload(), StandardCharsets.UTF_8).strip());
    }

    /** A few at a time, so that there are times to begin another ledger. */
    private static List<LogPosition> append(LogWriter writer, int from, int to) {
        List<LogPosition> positions = new ArrayList<>();
        for (int first = from; first < to; first += 10) {
            List<CompletionStage<LogPosition>> acks = new ArrayList<>();
            for (int i = first; i < Math.min(to, first + 10); i++) {
                acks.add(writer.append(payload(i)));
            }
            acks.forEach(ack -> positions.add(await(ack)));
        }
        return positions;
    }

    /** Reads until it has so many records. */
    private static List<LogRecord> read(LogReader reader, int count) {
        List<LogRecord> all = new ArrayList<>();
        while (all.size() < count) {
            all.addAll(await(reader.poll(17, Duration.ofSeconds(5))));
        }
        return all;
    }

    @Test
    void aReaderTailsAcrossLedgersBookiesAndWriters() {
        LedgerClient first = client();
        LedgerClient second = client();
        await(first.logs().create(LOG));
        LogReader reader = await(second.logs().openReader(LOG, LogStart.earliest()));
        CompletableFuture<List<LogRecord>> tailed = CompletableFuture.supplyAsync(() -> read(reader, 400));
        LogWriter writer = await(first.logs().openWriter(LOG, SMALL_LEDGERS));
        List<LogPosition> positions = new ArrayList<>(append(writer, 0, 150));
        bookies.remove(0).close();
        positions.addAll(append(writer, 150, 250));
        LogWriter successor = await(second.logs().openWriter(LOG, SMALL_LEDGERS));
        assertThat(successor.epoch()).isGreaterThan(writer.epoch());
        assertThat(failure(writer.append(payload(-1)))).isEqualTo(Reason.WRITER_DEPOSED);
        positions.addAll(append(successor, 250, 400));
        List<LogRecord> read = await(tailed);
        assertThat(read.stream().map(NamedLogsTest::number)).isSorted().doesNotHaveDuplicates();
        assertThat(read.stream().map(LogRecord::position)).isEqualTo(positions).isSorted();
        successor.close();
        LogDescription description = await(first.logs().describe(LOG));
        assertThat(description.segments()).hasSizeGreaterThan(5).allMatch(segment -> segment.isSealed());
        assertThat(await(first.logs().orphans())).isEmpty();
        truncateAndDelete(first, positions);
    }

    private void truncateAndDelete(LedgerClient client, List<LogPosition> positions) {
        LogReader slow = await(client.logs().openReader(LOG, LogStart.after(positions.get(3))));
        LogPosition start = positions.get(200);
        assertThat(await(client.logs().truncate(LOG, start, LedgerPassword.EMPTY)))
                .isEqualTo(start);
        assertThat(failure(slow.poll(10, Duration.ofSeconds(5)))).isEqualTo(Reason.POSITION_TRUNCATED);
        await(slow.seek(LogStart.earliest()));
        assertThat(number(read(slow, 1).get(0))).isEqualTo(200);
        assertThat(failure(client.logs().openReader(LOG, LogStart.at(positions.get(199)))))
                .isEqualTo(Reason.POSITION_TRUNCATED);
        assertThat(failure(client.logs()
                        .truncate(LOG, positions.get(399).nextEntry().nextEntry(), LedgerPassword.EMPTY)))
                .isEqualTo(Reason.BAD_ARGUMENT);
        await(client.logs().delete(LOG, LedgerPassword.EMPTY));
        assertThat(await(client.admin().ledgers(Optional.empty(), 10))).isEmpty();
        assertThat(failure(client.logs().describe(LOG))).isEqualTo(Reason.NO_SUCH_LOG);
        assertThat(await(client.logs().list("", Optional.empty(), 10))).isEmpty();
    }

    private static Reason failure(CompletionStage<?> stage) {
        try {
            Object result = await(stage);
            throw new AssertionError("expected a failure, was " + result);
        } catch (CompletionException e) {
            if (e.getCause() instanceof LedgerException failure) {
                return failure.reason();
            }
            throw e;
        }
    }

    private static <T> T await(CompletionStage<T> stage) {
        return stage.toCompletableFuture().orTimeout(60, TimeUnit.SECONDS).join();
    }
}
