package dev.daybook.client.loop;

import static dev.daybook.client.fake.Cluster.await;
import static dev.daybook.client.fake.Cluster.failure;
import static dev.daybook.client.fake.Cluster.until;
import static org.assertj.core.api.Assertions.assertThat;

import dev.daybook.client.AppendLedger;
import dev.daybook.client.LedgerClient;
import dev.daybook.client.LedgerException.Reason;
import dev.daybook.client.LedgerSpec;
import dev.daybook.client.ReadLedger;
import dev.daybook.client.TailResult;
import dev.daybook.client.fake.Cluster;
import dev.daybook.client.fake.FakeBookie;
import dev.daybook.client.fake.Fault;
import dev.daybook.protocol.model.Durability;
import dev.daybook.protocol.model.LedgerMetadata;
import dev.daybook.protocol.model.LedgerPassword;
import dev.daybook.protocol.model.Quorum;
import dev.daybook.protocol.model.Status;
import dev.daybook.protocol.wire.Generation;
import dev.daybook.protocol.wire.Operation;
import java.time.Duration;
import java.util.concurrent.CompletionStage;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Acknowledged before the sync, confirmed by a force. */
class DeferredSyncLedgerTest {
    private static final LedgerSpec SPEC = LedgerSpec.of(new Quorum(3, 3, 2)).withDurability(Durability.DEFERRED_SYNC);

    private final Cluster cluster = new Cluster(4);
    private final LedgerClient client = cluster.client(Generation.V3);

    @AfterEach
    void close() {
        cluster.close();
    }

    private FakeBookie member(AppendLedger writer, int position) {
        return cluster.bookie(writer.metadata().lastFragment().ensemble().get(position));
    }

    @Test
    void aForceConfirmsWhatIsAcknowledgedAndReadersLearnOfIt() {
        AppendLedger writer = await(client.create(SPEC));
        await(writer.append(new byte[1]));
        await(writer.append(new byte[2]));
        assertThat(writer.lastAddConfirmed()).isEqualTo(-1);
        ReadLedger reader = await(client.open(writer.id(), LedgerPassword.EMPTY));
        assertThat(await(reader.readLastAddConfirmed())).isEqualTo(-1);
        CompletionStage<TailResult> tail = reader.awaitEntry(1, Duration.ofSeconds(10));
        assertThat(await(writer.force())).isEqualTo(1);
        assertThat(writer.lastAddConfirmed()).isEqualTo(1);
        assertThat(await(tail)).as("without another append").isInstanceOf(TailResult.Arrived.class);
        assertThat(cluster.bookies.stream()
                        .mapToLong(b -> b.received(Operation.FORCE))
                        .sum())
                .as("the whole ensemble")
                .isEqualTo(3);
        assertThat(await(writer.force())).as("nothing new").isEqualTo(1);
    }

    @Test
    void closingForcesFirst() {
        AppendLedger writer = await(client.create(SPEC));
        await(writer.append(new byte[3]));
        assertThat(await(writer.closeLedger()).end().orElseThrow()).isEqualTo(new LedgerMetadata.End(0, 3));
    }

    @Test
    void whatCannotBeForcedIsCutOffByTheClose() {
        AppendLedger writer = await(client.create(SPEC));
        await(writer.append(new byte[3]));
        await(writer.force());
        await(writer.append(new byte[5]));
        member(writer, 1).fault(Operation.FORCE, Fault.refuse(Status.IO_ERROR));
        assertThat(failure(writer.force()).reason()).isEqualTo(Reason.WRITE_FAILED);
        assertThat(writer.lastAddConfirmed()).isZero();
        assertThat(await(writer.closeLedger()).end().orElseThrow()).isEqualTo(new LedgerMetadata.End(0, 3));
    }

    @Test
    void aForceThatFailedMayBeRepeated() {
        AppendLedger writer = await(client.create(SPEC));
        await(writer.append(new byte[3]));
        member(writer, 0).fault(Operation.FORCE, Fault.refuse(Status.IO_ERROR));
        assertThat(failure(writer.force()).reason()).isEqualTo(Reason.WRITE_FAILED);
        member(writer, 0).heal();
        assertThat(await(writer.force())).isZero();
    }

    /** It answers a force after its restart, of entries that it lost. */
    @Test
    void aBookieThatRestartedWithoutItsMemoryIsNotTrusted() {
        AppendLedger writer = await(client.create(SPEC));
        await(writer.append(new byte[1]));
        await(writer.force());
        await(writer.append(new byte[1]));
        FakeBookie restarted = member(writer, 0);
        restarted.cutPower();
        restarted.start();
        assertThat(failure(writer.force()).reason()).isIn(Reason.WRITE_FAILED, Reason.NOT_ENOUGH_BOOKIES);
        assertThat(failure(writer.append(new byte[1])).reason()).isEqualTo(Reason.WRITE_FAILED);
        assertThat(writer.lastAddConfirmed()).isZero();
        until(
                "the ledger is closed at the forced entry",
                () -> cluster.metadata(writer.id())
                        .end()
                        .filter(end -> end.lastEntryId() == 0)
                        .isPresent());
    }

    @Test
    void aBookieThatRestartsWhileNothingIsUnforcedIsForgiven() {
        AppendLedger writer = await(client.create(SPEC));
        await(writer.append(new byte[1]));
        await(writer.force());
        FakeBookie restarted = member(writer, 0);
        int connections = restarted.connections();
        restarted.cutPower();
        restarted.start();
        until("the bookie is used again, or another in its place", () -> {
            await(writer.append(new byte[1]));
            await(writer.force());
            return restarted.connections() > connections
                    || writer.metadata().fragments().size() == 2;
        });
        writer.close();
    }

    @Test
    void recoveryFindsForcedEntries() {
        AppendLedger writer = await(client.create(SPEC));
        for (int i = 0; i < 10; i++) {
            await(writer.append(new byte[1]));
        }
        await(writer.force());
        await(writer.append(new byte[1]));
        cluster.bookies.forEach(FakeBookie::cutPower);
        cluster.bookies.forEach(FakeBookie::start);
        ReadLedger recovered = await(cluster.client(Generation.V3).openWithRecovery(writer.id(), LedgerPassword.EMPTY));
        assertThat(recovered.lastAddConfirmed()).isEqualTo(9);
        assertThat(await(recovered.read(0, 9))).hasSize(10);
    }

    @Test
    void versionTwoCannotDefer() {
        assertThat(failure(cluster.client(Generation.V2).create(SPEC)).reason()).isEqualTo(Reason.NOT_SUPPORTED);
    }

    @Test
    void syncedLedgersNeedNoForce() {
        AppendLedger writer = await(cluster.client(Generation.V2).create(LedgerSpec.of(new Quorum(3, 3, 2))));
        await(writer.append(new byte[1]));
        assertThat(await(writer.force())).isZero();
    }

    @Test
    void aForceEndsWithTheClient() {
        AppendLedger writer = await(client.create(SPEC));
        await(writer.append(new byte[1]));
        member(writer, 0).fault(Operation.FORCE, Fault.DROP);
        CompletionStage<Long> force = writer.force();
        client.close();
        assertThat(failure(force).reason()).isEqualTo(Reason.CLIENT_CLOSED);
        assertThat(failure(writer.force()).reason()).isEqualTo(Reason.CLIENT_CLOSED);
    }
}
