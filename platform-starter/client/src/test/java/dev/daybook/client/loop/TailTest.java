package dev.daybook.client.loop;

import static dev.daybook.client.fake.Cluster.await;
import static dev.daybook.client.fake.Cluster.failure;
import static dev.daybook.client.fake.Cluster.until;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.daybook.client.AppendLedger;
import dev.daybook.client.LedgerClient;
import dev.daybook.client.LedgerException.Reason;
import dev.daybook.client.LedgerSpec;
import dev.daybook.client.ReadLedger;
import dev.daybook.client.TailResult;
import dev.daybook.client.fake.Cluster;
import dev.daybook.client.fake.FakeBookie;
import dev.daybook.protocol.model.LedgerPassword;
import dev.daybook.protocol.model.Quorum;
import dev.daybook.protocol.wire.Generation;
import dev.daybook.protocol.wire.Operation;
import java.time.Duration;
import java.util.concurrent.CompletionStage;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** Readers that follow a writer. */
class TailTest {
    private static final Duration LONG = Duration.ofSeconds(10);
    private static final Duration SHORT = Duration.ofMillis(50);

    private final Cluster cluster = new Cluster(4);

    @AfterEach
    void close() {
        cluster.close();
    }

    private static byte[] entry(long id) {
        return ("entry " + id).getBytes(UTF_8);
    }

    private static void assertArrived(long id, TailResult result) {
        assertThat(result).isInstanceOf(TailResult.Arrived.class);
        TailResult.Arrived arrived = (TailResult.Arrived) result;
        assertThat(arrived.entry().id().value()).isEqualTo(id);
        assertThat(arrived.entry().payload()).isEqualTo(entry(id));
        assertThat(arrived.lastAddConfirmed()).isGreaterThanOrEqualTo(id);
    }

    @ParameterizedTest
    @CsvSource({"V2,3,3,2", "V3,3,3,2", "V3,4,2,2", "V3,4,3,1", "V3,1,1,1"})
    void aReaderSeesEachEntryWithoutWaitingForTheNext(Generation generation, int e, int w, int a) {
        LedgerClient client = cluster.client(generation);
        AppendLedger writer = await(client.create(LedgerSpec.of(new Quorum(e, w, a))));
        ReadLedger reader = await(client.open(writer.id(), LedgerPassword.EMPTY));
        for (long id = 0; id < 8; id++) {
            CompletionStage<TailResult> next = reader.awaitEntry(id, LONG);
            await(writer.append(entry(id)));
            assertArrived(id, await(next));
        }
        writer.close();
        assertThat(await(reader.awaitEntry(8, LONG))).isEqualTo(new TailResult.EndOfLedger(7));
        assertThat(reader.isClosed()).isTrue();
        assertThat(reader.length()).isEqualTo(writer.length());
    }

    @Test
    void aReaderOfManyEntriesCatchesUp() {
        LedgerClient client = cluster.client(Generation.V3);
        AppendLedger writer = await(client.create(LedgerSpec.of(new Quorum(3, 2, 2))));
        ReadLedger reader = await(client.open(writer.id(), LedgerPassword.EMPTY));
        for (long id = 0; id < 300; id++) {
            var unused = writer.append(entry(id));
        }
        for (long id = 0; id < 300; id++) {
            assertArrived(id, await(reader.awaitEntry(id, LONG)));
        }
    }

    @Test
    void waitingEndsWithTheTime() {
        LedgerClient client = cluster.client(Generation.V3);
        AppendLedger writer = await(client.create(LedgerSpec.of(new Quorum(3, 3, 2))));
        ReadLedger reader = await(client.open(writer.id(), LedgerPassword.EMPTY));
        assertThat(await(reader.awaitEntry(0, SHORT))).isEqualTo(new TailResult.TimedOut(-1));
        await(writer.append(entry(0)));
        until("the entry is confirmed", () -> await(reader.readLastAddConfirmed()) == 0);
        assertThat(await(reader.awaitEntry(1, SHORT))).isEqualTo(new TailResult.TimedOut(0));
        assertArrived(0, await(reader.awaitEntry(0, Duration.ZERO)));
        assertThat(failure(reader.awaitEntry(-1, SHORT)).reason()).isEqualTo(Reason.BAD_ARGUMENT);
    }

    @Test
    void waitingEndsWhenTheLedgerIsClosedOrDeleted() {
        LedgerClient client = cluster.client(Generation.V3);
        AppendLedger writer = await(client.create(LedgerSpec.of(new Quorum(3, 3, 2))));
        ReadLedger reader = await(client.open(writer.id(), LedgerPassword.EMPTY));
        CompletionStage<TailResult> closing = reader.awaitEntry(0, LONG);
        writer.close();
        assertThat(await(closing)).isEqualTo(new TailResult.EndOfLedger(-1));

        AppendLedger other = await(client.create(LedgerSpec.of(new Quorum(3, 3, 2))));
        ReadLedger follower = await(client.open(other.id(), LedgerPassword.EMPTY));
        CompletionStage<TailResult> deleting = follower.awaitEntry(0, LONG);
        await(client.delete(other.id()));
        assertThat(failure(deleting).reason()).isEqualTo(Reason.NO_SUCH_LEDGER);
    }

    @Test
    void waitingEndsWhenTheHandleIsClosed() {
        LedgerClient client = cluster.client(Generation.V3);
        AppendLedger writer = await(client.create(LedgerSpec.of(new Quorum(3, 3, 2))));
        ReadLedger reader = await(client.open(writer.id(), LedgerPassword.EMPTY));
        CompletionStage<TailResult> waiting = reader.awaitEntry(0, LONG);
        reader.close();
        assertThat(failure(waiting).reason()).isEqualTo(Reason.LEDGER_CLOSED);
        assertThat(failure(reader.read(0, 0)).reason()).isIn(Reason.LEDGER_CLOSED, Reason.READ_FAILED);
    }

    @ParameterizedTest
    @EnumSource(Generation.class)
    void aReaderFollowsTheWriterToOtherBookies(Generation generation) {
        LedgerClient client = cluster.client(generation);
        AppendLedger writer = await(client.create(LedgerSpec.of(new Quorum(3, 3, 2))));
        ReadLedger reader = await(client.open(writer.id(), LedgerPassword.EMPTY));
        await(writer.append(entry(0)));
        assertArrived(0, await(reader.awaitEntry(0, LONG)));
        FakeBookie dead =
                cluster.bookie(writer.metadata().lastFragment().ensemble().get(1));
        dead.stop();
        for (long id = 1; id < 20; id++) {
            CompletionStage<TailResult> next = reader.awaitEntry(id, LONG);
            await(writer.append(entry(id)));
            assertArrived(id, await(next));
        }
        until(
                "the reader knows the new fragment",
                () -> reader.metadata().lastFragment().equals(writer.metadata().lastFragment()));
    }

    @Test
    void anIdleWriterTellsWhereItIs() {
        LedgerClient client = cluster.client(Generation.V3);
        AppendLedger writer = await(client.create(LedgerSpec.of(new Quorum(3, 3, 2))));
        await(writer.append(entry(0)));
        await(writer.append(entry(1)));
        until(
                "the bookies were told",
                () -> cluster.bookies.stream()
                                .filter(bookie -> bookie.received(Operation.WRITE_LAC) == 1)
                                .count()
                        == 3);
        ReadLedger reader = await(client.open(writer.id(), LedgerPassword.EMPTY));
        assertThat(reader.lastAddConfirmed()).isEqualTo(1);
        assertThat(await(reader.read(0, 1))).hasSize(2);
        assertThat(failure(reader.read(0, 2)).reason()).isEqualTo(Reason.READ_FAILED);
        assertThat(failure(reader.readUnconfirmed(2, 2)).reason()).isEqualTo(Reason.NO_SUCH_ENTRY);
    }
}
