package dev.daybook.client.loop;

import static dev.daybook.client.fake.Cluster.await;
import static dev.daybook.client.fake.Cluster.failure;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.daybook.client.AppendLedger;
import dev.daybook.client.ClientConfig;
import dev.daybook.client.LedgerClient;
import dev.daybook.client.LedgerEntry;
import dev.daybook.client.LedgerException.Reason;
import dev.daybook.client.LedgerSpec;
import dev.daybook.client.ReadLedger;
import dev.daybook.client.fake.Cluster;
import dev.daybook.client.fake.FakeBookie;
import dev.daybook.client.fake.Fault;
import dev.daybook.metrics.ClientMetrics;
import dev.daybook.protocol.model.LedgerId;
import dev.daybook.protocol.model.LedgerPassword;
import dev.daybook.protocol.model.Quorum;
import dev.daybook.protocol.model.Status;
import dev.daybook.protocol.wire.Generation;
import dev.daybook.protocol.wire.Operation;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletionStage;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class BatchReadTest {
    private static final Quorum WHOLE_COPIES = new Quorum(3, 3, 2);

    private final Cluster cluster = new Cluster(3);

    @AfterEach
    void close() {
        cluster.close();
    }

    /** Without hedging, so that a stutter of the machine sends no request that is not expected. */
    private LedgerClient client(Generation generation) {
        ClientConfig config = Cluster.config(generation);
        return cluster.client(config.withReads(config.reads().withHedgeDelay(Duration.ZERO)), ClientMetrics.NONE);
    }

    /** A closed ledger of 100 entries. */
    private LedgerId ledger(LedgerClient client, Quorum quorum) {
        AppendLedger writer = await(client.create(LedgerSpec.of(quorum)));
        List<CompletionStage<?>> appends = new ArrayList<>();
        for (int i = 0; i < 100; i++) {
            appends.add(writer.append(("entry " + i).getBytes(UTF_8)));
        }
        appends.forEach(Cluster::await);
        await(writer.closeLedger());
        return writer.id();
    }

    private static ReadLedger open(LedgerClient client, LedgerId id) {
        return await(client.open(id, LedgerPassword.EMPTY));
    }

    private static void assertRun(List<LedgerEntry> entries, long first, int count) {
        assertThat(entries).hasSize(count);
        for (int i = 0; i < count; i++) {
            assertThat(entries.get(i).id().value()).isEqualTo(first + i);
            assertThat(new String(entries.get(i).payload(), UTF_8)).isEqualTo("entry " + (first + i));
        }
    }

    private long asked(Operation operation) {
        return cluster.bookies.stream()
                .mapToLong(bookie -> bookie.received(operation))
                .sum();
    }

    @ParameterizedTest
    @EnumSource(Generation.class)
    void oneRequestBringsARun(Generation generation) {
        LedgerClient client = client(generation);
        ReadLedger reader = open(client, ledger(client, WHOLE_COPIES));
        assertRun(await(reader.readBatch(10, 30, 0)), 10, 30);
        assertRun(await(reader.readBatch(90, 0, 0)), 90, 10);
        assertRun(await(reader.readBatch(99, 1000, 1)), 99, 1);
        List<LedgerEntry> limited = await(reader.readBatch(0, 0, 36 + 5 * 55));
        assertThat(limited).hasSizeBetween(2, 6);
        assertRun(limited, 0, limited.size());
        assertThat(asked(Operation.BATCH_READ)).isEqualTo(4);
        assertThat(asked(Operation.READ)).isZero();
    }

    @Test
    void rangesOutsideTheLedgerAreRefused() {
        LedgerClient client = client(Generation.V3);
        ReadLedger reader = open(client, ledger(client, WHOLE_COPIES));
        assertThat(failure(reader.readBatch(-1, 1, 0)).reason()).isEqualTo(Reason.BAD_ARGUMENT);
        assertThat(failure(reader.readBatch(100, 1, 0)).reason()).isEqualTo(Reason.READ_FAILED);
        reader.close();
        assertThat(failure(reader.readBatch(0, 1, 0)).reason()).isEqualTo(Reason.LEDGER_CLOSED);
    }

    @Test
    void stripedLedgersAreReadOneByOneWithTheSameResult() {
        LedgerClient client = client(Generation.V3);
        ReadLedger reader = open(client, ledger(client, new Quorum(3, 2, 2)));
        assertRun(await(reader.readBatch(10, 30, 0)), 10, 30);
        assertRun(await(reader.readBatch(0, 0, 20)), 0, 2);
        assertRun(await(reader.readBatch(0, 5, 1)), 0, 1);
        assertThat(asked(Operation.BATCH_READ)).isZero();
    }

    /** The fake damages the last entry of a run: with one entry that is the first, too. */
    @Test
    void damagedRunsAreCutAndDamagedEntriesReadElsewhere() {
        LedgerClient client = client(Generation.V3);
        LedgerId id = ledger(client, WHOLE_COPIES);
        cluster.bookies.forEach(bookie -> bookie.fault(Operation.BATCH_READ, Fault.CORRUPT));
        assertRun(await(open(client, id).readBatch(0, 10, 0)), 0, 9);
        assertRun(await(open(client, id).readBatch(5, 1, 0)), 5, 1);
        assertThat(asked(Operation.BATCH_READ)).as("every replica was asked").isEqualTo(1 + 3);
    }

    @ParameterizedTest
    @EnumSource(Generation.class)
    void bookiesThatDoNotKnowTheRequestAreRemembered(Generation generation) {
        LedgerClient client = client(generation);
        LedgerId id = ledger(client, WHOLE_COPIES);
        cluster.bookies.forEach(bookie -> bookie.fault(Operation.BATCH_READ, Fault.CLOSE));
        for (int i = 0; i < 10; i++) {
            ReadLedger reader = open(client, id);
            assertRun(await(reader.readBatch(i, 20, 0)), i, 20);
        }
        assertThat(asked(Operation.BATCH_READ)).as("two per bookie").isEqualTo(6);
        AppendLedger writer = await(client.create(LedgerSpec.of(WHOLE_COPIES)));
        await(writer.append(new byte[1]));
        assertThat(writer.metadata().fragments())
                .as("nobody takes them for ill")
                .hasSize(1);
    }

    @Test
    void deadSilentAndRefusingReplicasAreGoneAround() {
        LedgerClient client = client(Generation.V3);
        LedgerId id = ledger(client, WHOLE_COPIES);
        cluster.bookies.get(0).stop();
        cluster.bookies.get(1).fault(Operation.BATCH_READ, Fault.HOLD);
        for (int first = 0; first < 6; first++) {
            assertRun(await(open(client, id).readBatch(first, 5, 0)), first, 5);
        }
        cluster.bookies.get(1).heal();
        cluster.bookies.get(2).fault(Operation.BATCH_READ, Fault.refuse(Status.IO_ERROR));
        assertRun(await(open(client, id).readBatch(0, 5, 0)), 0, 5);
    }

    @Test
    void batchesFollowEntriesThatWereMoved() {
        LedgerClient client = client(Generation.V3);
        LedgerId id = ledger(client, WHOLE_COPIES);
        ReadLedger reader = open(client, id);
        List<FakeBookie> old = List.copyOf(cluster.bookies);
        List<FakeBookie> next = List.of(cluster.addBookie(), cluster.addBookie(), cluster.addBookie());
        for (int i = 0; i < 3; i++) {
            next.get(i).adopt(old.get(i), id.value());
        }
        cluster.moveTo(id, next.stream().map(FakeBookie::id).toList());
        old.forEach(FakeBookie::stop);
        assertRun(await(reader.readBatch(7, 10, 0)), 7, 10);
        assertRun(await(reader.readBatch(17, 10, 0)), 17, 10);
        assertThat(next.stream()
                        .mapToLong(bookie -> bookie.received(Operation.BATCH_READ))
                        .sum())
                .as("the second one knew the way")
                .isEqualTo(1);
    }

    @Test
    void batchesCanBeSwitchedOff() {
        ClientConfig config = Cluster.config(Generation.V3);
        LedgerClient client = cluster.client(config.withReads(config.reads().withBatch(false)), ClientMetrics.NONE);
        assertRun(await(open(client, ledger(client, WHOLE_COPIES)).readBatch(3, 30, 0)), 3, 30);
        assertThat(asked(Operation.BATCH_READ)).isZero();
    }
}
