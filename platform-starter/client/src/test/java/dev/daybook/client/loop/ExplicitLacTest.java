package dev.daybook.client.loop;

import static dev.daybook.client.fake.Cluster.await;
import static dev.daybook.client.fake.Cluster.until;
import static org.assertj.core.api.Assertions.assertThat;

import dev.daybook.client.AppendLedger;
import dev.daybook.client.ClientConfig;
import dev.daybook.client.LedgerClient;
import dev.daybook.client.LedgerSpec;
import dev.daybook.client.ReadLedger;
import dev.daybook.client.TailResult;
import dev.daybook.client.WriterConfig;
import dev.daybook.client.fake.Cluster;
import dev.daybook.client.fake.FakeBookie;
import dev.daybook.client.fake.Fault;
import dev.daybook.metrics.ClientMetrics;
import dev.daybook.protocol.model.EntryId;
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

/** What a silent writer tells its bookies. */
class ExplicitLacTest {
    private static final LedgerSpec SPEC = LedgerSpec.of(new Quorum(3, 3, 2));

    private final Cluster cluster = new Cluster(3);

    @AfterEach
    void close() {
        cluster.close();
    }

    private LedgerClient client(Duration delay) {
        ClientConfig config =
                Cluster.config(Generation.V3).withWrites(WriterConfig.DEFAULT.withExplicitLacDelay(delay));
        return cluster.client(config, ClientMetrics.NONE);
    }

    private long told() {
        return cluster.bookies.stream()
                .mapToLong(bookie -> bookie.received(Operation.WRITE_LAC))
                .sum();
    }

    @Test
    void zeroKeepsItToItself() {
        LedgerClient silent = client(Duration.ZERO);
        AppendLedger writer = await(silent.create(SPEC));
        await(writer.append(new byte[1]));
        await(writer.append(new byte[1]));
        ReadLedger reader = await(silent.open(writer.id(), LedgerPassword.EMPTY));
        assertThat(await(reader.awaitEntry(1, Duration.ofMillis(400)))).isEqualTo(new TailResult.TimedOut(0));
        assertThat(told()).isZero();
    }

    @Test
    void aWriterIsSilentOnce() {
        AppendLedger writer = await(client(Duration.ofMillis(20)).create(SPEC));
        await(writer.append(new byte[1]));
        until("it was told", () -> told() == 3);
        CompletionStage<TailResult> nothing = await(
                        cluster.client(Generation.V3).open(writer.id(), LedgerPassword.EMPTY))
                .awaitEntry(1, Duration.ofMillis(200));
        assertThat(await(nothing)).isEqualTo(new TailResult.TimedOut(0));
        assertThat(told()).isEqualTo(3);
    }

    /** Ten bookies asleep would otherwise be woken ten times a second by every busy writer. */
    @Test
    void aBusyWriterLetsItsEntriesTell() {
        AppendLedger writer = await(client(Duration.ofSeconds(1)).create(SPEC));
        for (int i = 0; i < 200; i++) {
            await(writer.append(new byte[1]));
        }
        assertThat(told()).isZero();
    }

    /** The entries behind it cannot tell: they left before it was confirmed, and are stuck. */
    @Test
    void aConfirmedEntryIsToldAlthoughLaterOnesAreStuck() {
        LedgerClient client = client(Duration.ofMillis(20));
        AppendLedger writer = await(client.create(LedgerSpec.of(new Quorum(3, 3, 3))));
        FakeBookie slow = cluster.bookies.get(0);
        List<CompletionStage<EntryId>> stuck = new ArrayList<>();
        slow.faults(request -> request.header().operation() == Operation.ADD
                        && request instanceof dev.daybook.protocol.wire.BookieRequest.Add add
                        && add.entryId() > 0
                ? Fault.HOLD
                : Fault.NONE);
        CompletionStage<EntryId> first = writer.append(new byte[1]);
        stuck.add(writer.append(new byte[1]));
        await(first);
        ReadLedger reader = await(cluster.client(Generation.V3).open(writer.id(), LedgerPassword.EMPTY));
        assertThat(await(reader.awaitEntry(0, Duration.ofSeconds(10)))).isInstanceOf(TailResult.Arrived.class);
        assertThat(stuck.get(0).toCompletableFuture()).isNotDone();
        slow.heal();
    }

    @Test
    void whatTooFewBookiesTookIsToldAgain() {
        AppendLedger writer = await(client(Duration.ofMillis(20)).create(SPEC));
        cluster.bookies.get(0).fault(Operation.WRITE_LAC, Fault.refuse(Status.IO_ERROR));
        cluster.bookies.get(1).fault(Operation.WRITE_LAC, Fault.refuse(Status.IO_ERROR));
        await(writer.append(new byte[1]));
        until("it was told more than once", () -> told() >= 6);
        cluster.bookies.forEach(FakeBookie::heal);
        until(
                "every bookie has it",
                () -> cluster.bookies.stream()
                        .allMatch(bookie ->
                                bookie.explicitLac(writer.id().value()).isPresent()));
    }
}
