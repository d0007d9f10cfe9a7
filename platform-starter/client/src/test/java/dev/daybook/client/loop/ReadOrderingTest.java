package dev.daybook.client.loop;

import static dev.daybook.client.fake.Cluster.await;
import static dev.daybook.client.fake.Cluster.until;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.daybook.client.AppendLedger;
import dev.daybook.client.ClientConfig;
import dev.daybook.client.LedgerClient;
import dev.daybook.client.LedgerSpec;
import dev.daybook.client.ReadConfig;
import dev.daybook.client.ReadLedger;
import dev.daybook.client.fake.Cluster;
import dev.daybook.client.fake.FakeBookie;
import dev.daybook.client.fake.Fault;
import dev.daybook.protocol.model.LedgerId;
import dev.daybook.protocol.model.LedgerPassword;
import dev.daybook.protocol.model.Quorum;
import dev.daybook.protocol.wire.Generation;
import dev.daybook.protocol.wire.Operation;
import java.time.Duration;
import java.util.List;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Which replicas are asked, when, and what is told of bad copies. */
class ReadOrderingTest {
    private final Cluster cluster = new Cluster(3);
    private final RecordedMetrics metrics = new RecordedMetrics();

    @AfterEach
    void close() {
        cluster.close();
    }

    private LedgerClient client(UnaryOperator<ReadConfig> change) {
        ClientConfig config = Cluster.config(Generation.V3);
        return cluster.client(config.withReads(change.apply(config.reads())), metrics);
    }

    private LedgerId ledger(LedgerClient client, int entries) {
        AppendLedger writer = await(client.create(LedgerSpec.of(new Quorum(3, 3, 2))));
        for (int i = 0; i < entries; i++) {
            await(writer.append(("entry " + i).getBytes(UTF_8)));
        }
        await(writer.closeLedger());
        // The third bookie may be behind the acknowledgements.
        until(
                "all have it",
                () -> cluster.bookies.stream()
                        .allMatch(bookie -> bookie.entries(writer.id().value()).size() == entries));
        return writer.id();
    }

    private static void readOneByOne(ReadLedger reader, int first, int count) {
        for (int i = first; i < first + count; i++) {
            String text = new String(await(reader.read(i, i)).get(0).payload(), UTF_8);
            assertThat(text).isEqualTo("entry " + i);
        }
    }

    private List<Long> reads() {
        return cluster.bookies.stream()
                .map(bookie -> bookie.received(Operation.READ))
                .toList();
    }

    @Test
    void withoutStickinessAllBookiesServe() {
        LedgerClient client = client(UnaryOperator.identity());
        readOneByOne(await(client.open(ledger(client, 30), LedgerPassword.EMPTY)), 0, 30);
        assertThat(reads()).allMatch(count -> count >= 1);
    }

    @Test
    void aStickyReaderKeepsToOneBookieUntilItFails() {
        LedgerClient client = client(reads -> reads.withSticky(true));
        ReadLedger reader = await(client.open(ledger(client, 40), LedgerPassword.EMPTY));
        readOneByOne(reader, 0, 20);
        assertThat(reads()).containsOnlyOnce(20L).containsOnly(0L, 20L);
        FakeBookie favourite = cluster.bookies.get(reads().indexOf(20L));
        favourite.stop();
        readOneByOne(reader, 20, 20);
        assertThat(favourite.received(Operation.READ)).as("never asked again").isEqualTo(20);
        // One other, unless the machine stutters: then that one counts as slow, and the third takes over.
        assertThat(reads().stream().mapToLong(Long::longValue).sum()).isBetween(40L, 45L);
    }

    @Test
    void aSlowBookieIsHedgedOnceAndThenAskedLast() {
        LedgerClient client = client(reads -> reads.withHedgeDelay(Duration.ofMillis(50)));
        ReadLedger reader = await(client.open(ledger(client, 31), LedgerPassword.EMPTY));
        FakeBookie slow =
                cluster.bookie(reader.metadata().lastFragment().ensemble().get(0));
        slow.fault(Operation.READ, Fault.HOLD);
        readOneByOne(reader, 0, 31);
        assertThat(slow.received(Operation.READ)).as("asked last from then on").isLessThan(5);
        assertThat(metrics.speculativeReads.get()).isPositive();
        assertThat(metrics.speculativeReadsWon.get()).isBetween(1L, metrics.speculativeReads.get());
        slow.heal();
    }

    @Test
    void withoutHedgingAReaderWaitsForTheTimeout() {
        LedgerClient client = client(reads -> reads.withHedgeDelay(Duration.ZERO));
        ReadLedger reader = await(client.open(ledger(client, 1), LedgerPassword.EMPTY));
        FakeBookie silent =
                cluster.bookie(reader.metadata().lastFragment().ensemble().get(0));
        silent.fault(Operation.READ, Fault.DROP);
        long start = System.nanoTime();
        readOneByOne(reader, 0, 1);
        assertThat(Duration.ofNanos(System.nanoTime() - start)).isGreaterThan(Duration.ofMillis(1200));
    }

    @Test
    void withoutReorderingTheWritingOrderStays() {
        LedgerClient client = client(reads -> reads.withReorder(false).withRepairHints(false));
        ReadLedger reader = await(client.open(ledger(client, 30), LedgerPassword.EMPTY));
        FakeBookie bad =
                cluster.bookie(reader.metadata().lastFragment().ensemble().get(0));
        bad.fault(Operation.READ, Fault.CORRUPT);
        readOneByOne(reader, 0, 30);
        assertThat(bad.received(Operation.READ)).isEqualTo(10);
    }

    @Test
    void badCopiesOfAClosedLedgerAreMarkedForRepair() {
        LedgerClient client = client(reads -> reads.withReorder(false));
        LedgerId id = ledger(client, 6);
        ReadLedger reader = await(client.open(id, LedgerPassword.EMPTY));
        List<FakeBookie> ensemble = reader.metadata().lastFragment().ensemble().stream()
                .map(cluster::bookie)
                .toList();
        ensemble.get(0).fault(Operation.READ, Fault.CORRUPT);
        ensemble.get(1).lose(id.value(), 1);
        readOneByOne(reader, 0, 6);
        until(
                "both bookies are named",
                () -> await(client.admin().underReplicated(10)).stream()
                        .anyMatch(marked -> marked.ledger().equals(id)
                                && marked.missing().size() == 2
                                && !marked.missing().contains(ensemble.get(2).id())));
        assertThat(metrics.repairHints.get()).isEqualTo(2);
        assertThat(metrics.speculativeReadsWon.get()).as("nobody was slow").isZero();
    }

    @Test
    void anOpenLedgerIsNeverMarked() {
        LedgerClient client = client(reads -> reads.withReorder(false));
        AppendLedger writer = await(client.create(LedgerSpec.of(new Quorum(3, 3, 2))));
        for (int i = 0; i < 6; i++) {
            await(writer.append(("entry " + i).getBytes(UTF_8)));
        }
        cluster.bookies.get(0).fault(Operation.READ, Fault.CORRUPT);
        ReadLedger reader = await(client.open(writer.id(), LedgerPassword.EMPTY));
        readOneByOne(reader, 0, 5);
        assertThat(await(client.admin().underReplicated(10))).isEmpty();
        await(writer.closeLedger());
    }
}
