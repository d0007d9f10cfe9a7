package dev.daybook.client.meta.zookeeper;

import static dev.daybook.client.fake.Cluster.await;
import static dev.daybook.client.fake.Cluster.failure;
import static dev.daybook.client.fake.Cluster.until;
import static org.assertj.core.api.Assertions.assertThat;

import dev.daybook.client.AppendLedger;
import dev.daybook.client.ClientConfig;
import dev.daybook.client.LedgerClient;
import dev.daybook.client.LedgerEntry;
import dev.daybook.client.LedgerException;
import dev.daybook.client.LedgerException.Reason;
import dev.daybook.client.LedgerSpec;
import dev.daybook.client.ReadLedger;
import dev.daybook.client.fake.FakeBookie;
import dev.daybook.client.loop.LoopLedgerClient;
import dev.daybook.client.meta.MetadataUri;
import dev.daybook.client.meta.Samples;
import dev.daybook.metrics.ClientMetrics;
import dev.daybook.protocol.model.LedgerPassword;
import dev.daybook.protocol.model.Quorum;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** ZooKeeper away for many session time-outs: what ten minutes are to the usual ones of ten seconds. */
class ZooKeeperOutageTest {
    private static final LedgerSpec SPEC = LedgerSpec.of(new Quorum(3, 3, 2));
    private static final Duration SESSION = Duration.ofMillis(600);
    private static final Duration OPERATION = Duration.ofSeconds(4);
    private static final int SESSIONS_AWAY = 10;

    private final TestZooKeeper zooKeeper = new TestZooKeeper();
    private final List<FakeBookie> bookies = new ArrayList<>();
    private ZooKeeperMetadataStore server;
    private LedgerClient client;

    @BeforeEach
    void start() {
        server = ZooKeeperMetadataStore.connectOrInitialise(
                zooKeeper.uri("", "/ledgers"), Duration.ofSeconds(30), SESSION, OPERATION);
        for (int i = 0; i < 3; i++) {
            FakeBookie bookie = new FakeBookie();
            bookies.add(bookie);
            await(server.registry().register(bookie.id(), false, Samples.service("127.0.0.1", bookie.port())));
        }
        client = client();
    }

    private LedgerClient client() {
        MetadataUri uri = zooKeeper.uri("", "/ledgers");
        ZooKeeperMetadataStore store = ZooKeeperMetadataStore.connect(uri, Duration.ofSeconds(20), SESSION, OPERATION);
        return new LoopLedgerClient(ClientConfig.of(uri), store, ClientMetrics.NONE);
    }

    @AfterEach
    void stop() {
        client.close();
        server.close();
        bookies.forEach(FakeBookie::close);
        zooKeeper.close();
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void openLedgersGoOnAndEverythingRecovers(boolean sessionsEnd) {
        AppendLedger writer = await(client.create(SPEC));
        append(writer);
        ReadLedger reader = await(client.open(writer.id(), LedgerPassword.EMPTY));

        zooKeeper.stop();
        int appended = 1;
        long end = System.nanoTime() + SESSIONS_AWAY * SESSION.toNanos();
        while (System.nanoTime() - end < 0) {
            append(writer);
            appended++;
            String text = "entry " + (appended - 1);
            assertThat(payload(await(reader.readUnconfirmed(appended - 1, appended - 1))
                            .get(0)))
                    .isEqualTo(text);
        }
        assertThat(failure(client.create(SPEC)).reason()).isIn(Reason.METADATA_UNAVAILABLE, Reason.TIMEOUT);
        append(writer);
        appended++;

        zooKeeper.startAgain();
        if (sessionsEnd) {
            zooKeeper.expireAll();
        }
        until("ledgers can be created again", this::creates);
        until(
                "the bookies are registered",
                () -> await(server.bookieRecords()).size() == 3
                        && server.bookies().writable().size() == 3);
        append(writer);
        appended++;
        await(writer.closeLedger());
        try (LedgerClient other = client()) {
            ReadLedger whole = await(other.open(writer.id(), LedgerPassword.EMPTY));
            assertThat(whole.lastAddConfirmed()).isEqualTo(appended - 1);
            List<LedgerEntry> entries = await(whole.read(0, appended - 1));
            for (int i = 0; i < appended; i++) {
                assertThat(payload(entries.get(i))).isEqualTo("entry " + i);
            }
        }
    }

    private boolean creates() {
        try {
            append(await(client.create(SPEC)));
            return true;
        } catch (LedgerException e) {
            return false;
        }
    }

    private static void append(AppendLedger writer) {
        String text = "entry " + (writer.lastAddConfirmed() + 1);
        await(writer.append(text.getBytes(StandardCharsets.UTF_8)));
    }

    private static String payload(LedgerEntry entry) {
        return new String(entry.payload(), StandardCharsets.UTF_8);
    }

    @Test
    void anOutageLeavesNoThreadBehind() {
        append(await(client.create(SPEC)));
        zooKeeper.stop();
        List<LedgerException> failures = new ArrayList<>();
        long end = System.nanoTime() + 3 * SESSION.toNanos();
        while (System.nanoTime() - end < 0) {
            failures.add(failure(client.create(SPEC)));
        }
        assertThat(failures).isNotEmpty();
        zooKeeper.startAgain();
        zooKeeper.expireAll();
        until("ledgers can be created again", this::creates);
        until(
                "only the threads of two stores are left: two of their own, two of their session",
                () -> threads("daybook-metadata").size() <= 2 * 4);
        client.close();
        server.close();
        until("all threads have ended", () -> threads("daybook-").isEmpty());
    }

    private static List<String> threads(String part) {
        return Thread.getAllStackTraces().keySet().stream()
                .map(Thread::getName)
                .filter(name -> name.contains(part))
                .toList();
    }
}
