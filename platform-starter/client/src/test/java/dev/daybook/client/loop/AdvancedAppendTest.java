package dev.daybook.client.loop;

import static dev.daybook.client.fake.Cluster.await;
import static dev.daybook.client.fake.Cluster.failure;
import static dev.daybook.client.fake.Cluster.until;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.daybook.client.AdvancedAppendLedger;
import dev.daybook.client.ClientConfig;
import dev.daybook.client.LedgerClient;
import dev.daybook.client.LedgerEntry;
import dev.daybook.client.LedgerException;
import dev.daybook.client.LedgerException.Reason;
import dev.daybook.client.LedgerSpec;
import dev.daybook.client.ReadLedger;
import dev.daybook.client.WriterConfig;
import dev.daybook.client.fake.Cluster;
import dev.daybook.client.fake.Fault;
import dev.daybook.metrics.ClientMetrics;
import dev.daybook.protocol.model.EntryId;
import dev.daybook.protocol.model.LedgerId;
import dev.daybook.protocol.model.LedgerPassword;
import dev.daybook.protocol.model.Quorum;
import dev.daybook.protocol.wire.Generation;
import dev.daybook.protocol.wire.Operation;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Ids of entries and of ledgers chosen by the application. */
class AdvancedAppendTest {
    private static final LedgerSpec SPEC = LedgerSpec.of(new Quorum(3, 2, 2));

    private final Cluster cluster = new Cluster(4);

    @AfterEach
    void close() {
        cluster.close();
    }

    private static byte[] payload(long id) {
        return ("entry " + id).getBytes(UTF_8);
    }

    private static EntryId id(long value) {
        return new EntryId(value);
    }

    @ParameterizedTest
    @EnumSource(Generation.class)
    void manyThreadsAppendInAnyOrderAndAcknowledgementsComeInOrder(Generation generation) throws InterruptedException {
        LedgerClient client = cluster.client(generation);
        AdvancedAppendLedger writer = await(client.createAdvanced(SPEC));
        int count = 400;
        List<Long> ids = new ArrayList<>();
        for (long id = 0; id < count; id++) {
            ids.add(id);
        }
        long seed = System.nanoTime();
        System.out.println("order of appends: seed " + seed);
        Collections.shuffle(ids, new Random(seed));
        List<Long> acknowledged = new CopyOnWriteArrayList<>();
        List<CompletionStage<Void>> all = new CopyOnWriteArrayList<>();
        AtomicInteger next = new AtomicInteger();
        List<Thread> threads = new ArrayList<>();
        for (int i = 0; i < 8; i++) {
            Thread thread = new Thread(() -> {
                for (int turn = next.getAndIncrement(); turn < count; turn = next.getAndIncrement()) {
                    long id = ids.get(turn);
                    all.add(writer.append(id(id), payload(id)).thenAccept(ack -> acknowledged.add(ack.value())));
                }
            });
            threads.add(thread);
            thread.start();
        }
        for (Thread thread : threads) {
            thread.join();
        }
        all.forEach(Cluster::await);
        Collections.sort(ids);
        assertThat(acknowledged).isEqualTo(ids);
        writer.close();
        ReadLedger reader = await(client.open(writer.id(), LedgerPassword.EMPTY));
        List<LedgerEntry> entries = await(reader.read(0, count - 1));
        for (int i = 0; i < count; i++) {
            assertThat(entries.get(i).payload()).isEqualTo(payload(i));
        }
        assertThat(reader.length())
                .isEqualTo(entries.stream().mapToLong(e -> e.payload().length).sum());
    }

    @Test
    void anIdIsTakenOnceAndTheHandleLivesOn() {
        LedgerClient client = cluster.client(Generation.V3);
        AdvancedAppendLedger writer = await(client.createAdvanced(SPEC));
        CompletionStage<EntryId> held = writer.append(id(1), payload(1));
        LedgerException twice = failure(writer.append(id(1), payload(1)));
        assertThat(twice.reason()).isEqualTo(Reason.DUPLICATE_ENTRY);
        assertThat(twice).hasMessageContaining("Entry 1 of ledger " + writer.id());
        assertThat(held.toCompletableFuture()).isNotDone();
        await(writer.append(id(0), payload(0)));
        assertThat(await(held).value()).isEqualTo(1);
        assertThat(failure(writer.append(id(0), payload(0))).reason()).isEqualTo(Reason.DUPLICATE_ENTRY);
        assertThat(await(writer.append(id(2), payload(2))).value()).isEqualTo(2);
    }

    @Test
    void whatIsAboveAGapIsCutOffByCloseAndByRecovery() {
        LedgerClient client = cluster.client(Generation.V3);
        AdvancedAppendLedger writer = await(client.createAdvanced(SPEC));
        await(writer.append(id(0), payload(0)));
        CompletionStage<EntryId> above = writer.append(id(2), payload(2));
        assertThat(await(writer.closeLedger()).end().orElseThrow().lastEntryId())
                .isZero();
        assertThat(failure(above).reason()).isEqualTo(Reason.LEDGER_CLOSED);

        AdvancedAppendLedger abandoned = await(client.createAdvanced(SPEC));
        await(abandoned.append(id(0), payload(0)));
        CompletionStage<EntryId> lost = abandoned.append(id(2), payload(2));
        until(
                "the entry above the gap is stored",
                () -> cluster.bookies.stream()
                        .anyMatch(
                                bookie -> bookie.entries(abandoned.id().value()).contains(2L)));
        ReadLedger recovered =
                await(cluster.client(Generation.V3).openWithRecovery(abandoned.id(), LedgerPassword.EMPTY));
        assertThat(recovered.lastAddConfirmed()).isZero();
        assertThat(lost.toCompletableFuture()).isNotDone();
    }

    @Test
    void aGapHoldsAnAppendUntilItsDeadlineAndTheHandleLivesOn() {
        ClientConfig config = Cluster.config(Generation.V3)
                .withWrites(WriterConfig.DEFAULT.withAppendTimeout(Duration.ofMillis(300)));
        LedgerClient client = cluster.client(config, ClientMetrics.NONE);
        AdvancedAppendLedger writer = await(client.createAdvanced(SPEC));
        LedgerException overdue = failure(writer.append(id(1), payload(1)));
        assertThat(overdue.reason()).isEqualTo(Reason.TIMEOUT);
        assertThat(overdue).hasMessageContaining("daybook.client.append-timeout");
        await(writer.append(id(0), payload(0)));
        until("the late entry is confirmed", () -> writer.lastAddConfirmed() == 1);
        await(writer.append(id(2), payload(2)));
    }

    /** The room is taken by entries that wait for the one that asks for room. */
    @Test
    void theEntryThatEverybodyWaitsForFindsRoom() {
        LedgerClient client = cluster.client(Generation.V3);
        AdvancedAppendLedger writer = await(client.createAdvanced(SPEC));
        byte[] large = new byte[1024 * 1024];
        List<CompletionStage<EntryId>> appends = new ArrayList<>();
        for (long id = 8; id > 0; id--) {
            appends.add(writer.append(id(id), large));
        }
        long start = System.nanoTime();
        appends.add(writer.append(id(0), large));
        assertThat(appends).allSatisfy(append -> await(append));
        assertThat(writer.lastAddConfirmed()).isEqualTo(8);
        assertThat(System.nanoTime() - start).isPositive();
    }

    @Test
    void aFailedBookieIsReplacedForEntriesAboveAGapToo() {
        LedgerClient client = cluster.client(Generation.V3);
        AdvancedAppendLedger writer = await(client.createAdvanced(LedgerSpec.of(new Quorum(3, 3, 3))));
        await(writer.append(id(0), payload(0)));
        CompletionStage<EntryId> above = writer.append(id(2), payload(2));
        cluster.bookie(writer.metadata().lastFragment().ensemble().get(1)).fault(Operation.ADD, Fault.CLOSE);
        await(writer.append(id(1), payload(1)));
        await(above);
        assertThat(writer.metadata().fragments()).hasSize(2);
        writer.close();
        ReadLedger reader = await(client.open(writer.id(), LedgerPassword.EMPTY));
        assertThat(await(reader.read(0, 2))).hasSize(3);
    }

    @Test
    void aLedgerGetsTheIdAndTheCustomMetadataThatWereAskedFor() {
        LedgerClient client = cluster.client(Generation.V3);
        LedgerId id = new LedgerId(123_456_789_012L);
        LedgerSpec spec = SPEC.withLedgerId(id).withCustom(Map.of("topic", payload(7)));
        AdvancedAppendLedger writer = await(client.createAdvanced(spec));
        assertThat(writer.id()).isEqualTo(id);
        assertThat(cluster.metadata(id).custom().get("topic")).isEqualTo(payload(7));
        LedgerException taken = failure(client.create(spec));
        assertThat(taken.reason()).isEqualTo(Reason.LEDGER_EXISTS);
        assertThat(taken).hasMessageContaining("123456789012");
        assertThat(await(client.create(SPEC.withLedgerId(new LedgerId(99)))).id())
                .isEqualTo(new LedgerId(99));
    }
}
