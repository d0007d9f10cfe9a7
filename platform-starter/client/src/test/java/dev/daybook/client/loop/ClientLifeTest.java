package dev.daybook.client.loop;

import static dev.daybook.client.fake.Cluster.await;
import static dev.daybook.client.fake.Cluster.failure;
import static dev.daybook.client.fake.Cluster.until;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.daybook.client.AppendLedger;
import dev.daybook.client.ClientConfig;
import dev.daybook.client.LedgerClient;
import dev.daybook.client.LedgerClients;
import dev.daybook.client.LedgerException;
import dev.daybook.client.LedgerException.Reason;
import dev.daybook.client.LedgerSpec;
import dev.daybook.client.ReadLedger;
import dev.daybook.client.TailResult;
import dev.daybook.client.fake.Cluster;
import dev.daybook.client.fake.FakeBookie;
import dev.daybook.client.fake.Fault;
import dev.daybook.client.meta.MetadataUri;
import dev.daybook.metrics.ClientMetrics;
import dev.daybook.protocol.model.EntryId;
import dev.daybook.protocol.model.LedgerPassword;
import dev.daybook.protocol.model.Quorum;
import dev.daybook.protocol.wire.Generation;
import dev.daybook.protocol.wire.Operation;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Beginning, limits and end of a client. */
class ClientLifeTest {
    private static final LedgerSpec SPEC = LedgerSpec.of(new Quorum(3, 3, 2));

    private final Cluster cluster = new Cluster(3);

    @AfterEach
    void close() {
        cluster.close();
    }

    private static List<String> clientThreads() {
        return Thread.getAllStackTraces().keySet().stream()
                .map(Thread::getName)
                .filter(name -> name.startsWith("daybook-client"))
                .toList();
    }

    @Test
    void closingFailsWhatIsUnderWayAndEndsTheThreads() {
        LedgerClient client = cluster.client(Generation.V3);
        AppendLedger writer = await(client.create(SPEC));
        await(writer.append(new byte[1]));
        ReadLedger reader = await(client.open(writer.id(), LedgerPassword.EMPTY));
        cluster.bookies.forEach(bookie -> bookie.fault(Operation.ADD, Fault.DROP));
        CompletionStage<EntryId> append = writer.append(new byte[1]);
        CompletionStage<TailResult> tail = reader.awaitEntry(1, Duration.ofMinutes(1));

        client.close();
        client.close();

        assertThat(failure(append).reason()).isEqualTo(Reason.CLIENT_CLOSED);
        assertThat(failure(tail).reason()).isEqualTo(Reason.CLIENT_CLOSED);
        assertThat(failure(writer.append(new byte[1])).reason()).isEqualTo(Reason.CLIENT_CLOSED);
        assertThat(failure(writer.closeLedger()).reason()).isEqualTo(Reason.CLIENT_CLOSED);
        assertThatThrownBy(writer::close).isInstanceOf(LedgerException.class);
        assertThat(failure(reader.readLastAddConfirmed()).reason()).isEqualTo(Reason.CLIENT_CLOSED);
        assertThat(failure(client.create(SPEC)).reason()).isEqualTo(Reason.CLIENT_CLOSED);
        assertThat(failure(client.open(writer.id(), LedgerPassword.EMPTY)).reason())
                .isEqualTo(Reason.CLIENT_CLOSED);
        until("all threads have ended", () -> clientThreads().isEmpty());
    }

    @Test
    void aClientMayBeClosedFromItsOwnCallback() {
        LedgerClient client = cluster.client(Generation.V3);
        AppendLedger writer = await(client.create(SPEC));
        CompletableFuture<Void> closed = writer.append(new byte[1])
                .thenAccept(id -> {
                    writer.close();
                    client.close();
                })
                .toCompletableFuture();
        await(closed);
        until("all threads have ended", () -> clientThreads().isEmpty());
    }

    @Test
    void callbacksRunOnTheCallbackThreadInOrder() {
        LedgerClient client = cluster.client(Generation.V3);
        AppendLedger writer = await(client.create(SPEC));
        // A stage that is complete when a callback is added runs it in the thread that adds it.
        cluster.bookies.forEach(bookie -> bookie.fault(Operation.ADD, Fault.delay(300)));
        List<String> seen = Collections.synchronizedList(new ArrayList<>());
        List<CompletionStage<Void>> callbacks = new ArrayList<>();
        List<String> expected = new ArrayList<>();
        for (int i = 0; i < 50; i++) {
            callbacks.add(writer.append(new byte[1])
                    .thenAccept(
                            id -> seen.add(id + " on " + Thread.currentThread().getName())));
            expected.add(i + " on daybook-client-callbacks-1");
        }
        callbacks.forEach(Cluster::await);
        assertThat(seen).isEqualTo(expected);
    }

    @Test
    void aConnectionThatCannotBeMadeLeavesNothingBehind() throws IOException {
        int port;
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            port = socket.getLocalPort();
        }
        ClientConfig defaults = ClientConfig.of(MetadataUri.parse("zk://127.0.0.1:" + port + "/ledgers"));
        ClientConfig impatient = new ClientConfig(
                defaults.metadataUri(),
                Duration.ofMillis(300),
                defaults.addTimeout(),
                defaults.readTimeout(),
                defaults.metadataTimeout(),
                defaults.sessionTimeout(),
                defaults.maxPendingBytes(),
                defaults.maxFrameBytes(),
                Generation.V3,
                defaults.writes());
        assertThatThrownBy(() -> LedgerClients.connect(impatient))
                .isInstanceOfSatisfying(LedgerException.class, failure -> {
                    assertThat(failure.reason()).isIn(Reason.METADATA_UNAVAILABLE, Reason.TIMEOUT);
                    assertThat(failure).hasMessageContaining("127.0.0.1:" + port);
                });
        until("all threads have ended", () -> clientThreads().isEmpty());
    }

    @Test
    void aFullClientMakesTheCallerWait() throws InterruptedException {
        ClientConfig config = Cluster.config(Generation.V3, Duration.ofSeconds(30));
        LedgerClient client = cluster.client(config, ClientMetrics.NONE);
        AppendLedger writer = await(client.create(SPEC));
        cluster.bookies.forEach(bookie -> bookie.fault(Operation.ADD, Fault.HOLD));
        int entryBytes = 1024 * 1024;
        long room = config.maxPendingBytes() / entryBytes;
        AtomicInteger submitted = new AtomicInteger();
        Thread application = new Thread(() -> {
            for (int i = 0; i < 2 * room; i++) {
                var unused = writer.append(new byte[entryBytes]);
                submitted.incrementAndGet();
            }
        });
        application.start();
        until("the client is full", () -> submitted.get() == room);
        until("the caller waits", () -> application.getState() == Thread.State.TIMED_WAITING);
        assertThat(submitted.get()).isEqualTo((int) room);
        cluster.bookies.forEach(FakeBookie::heal);
        application.join();
        assertThat(await(writer.append(new byte[1])).value()).isEqualTo(2 * room);
    }

    @Test
    void whatHappensIsMeasured() {
        RecordedMetrics recorder = new RecordedMetrics();
        LedgerClient client = cluster.client(Cluster.config(Generation.V3), recorder);
        cluster.addBookie();
        AppendLedger writer = await(client.create(SPEC));
        await(writer.append(new byte[100]));
        FakeBookie dead =
                cluster.bookie(writer.metadata().lastFragment().ensemble().get(0));
        dead.stop();
        until("the ensemble changes", () -> {
            await(writer.append(new byte[100]));
            return recorder.ensembleChanges.get() == 1;
        });
        long appended = writer.lastAddConfirmed() + 1;
        writer.close();
        ReadLedger reader = await(client.open(writer.id(), LedgerPassword.EMPTY));
        await(reader.read(0, 0));
        assertThat(recorder.adds.get()).isEqualTo(appended);
        assertThat(recorder.reads.get()).isEqualTo(1);
        assertThat(recorder.readBytes.get()).isEqualTo(100);
        assertThat(recorder.bookieFailures.get()).isPositive();
        assertThat(recorder.pendingBytes.get()).isZero();
    }
}
