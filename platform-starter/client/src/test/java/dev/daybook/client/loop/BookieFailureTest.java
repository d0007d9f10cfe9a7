package dev.daybook.client.loop;

import static dev.daybook.client.fake.Cluster.await;
import static dev.daybook.client.fake.Cluster.failure;
import static dev.daybook.client.fake.Cluster.until;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.daybook.client.AppendLedger;
import dev.daybook.client.LedgerClient;
import dev.daybook.client.LedgerEntry;
import dev.daybook.client.LedgerException;
import dev.daybook.client.LedgerException.Reason;
import dev.daybook.client.LedgerSpec;
import dev.daybook.client.ReadLedger;
import dev.daybook.client.fake.Cluster;
import dev.daybook.client.fake.FakeBookie;
import dev.daybook.client.fake.Fault;
import dev.daybook.protocol.model.BookieId;
import dev.daybook.protocol.model.EntryId;
import dev.daybook.protocol.model.Fragment;
import dev.daybook.protocol.model.LedgerPassword;
import dev.daybook.protocol.model.Quorum;
import dev.daybook.protocol.model.Status;
import dev.daybook.protocol.wire.Generation;
import dev.daybook.protocol.wire.Operation;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionStage;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Bookies that die, hang, lie and come back while an application works. */
class BookieFailureTest {
    private static final LedgerSpec SPEC = LedgerSpec.of(new Quorum(3, 3, 2));

    private final Cluster cluster = new Cluster(3);

    @AfterEach
    void close() {
        cluster.close();
    }

    private static void appendAll(AppendLedger writer, int count) {
        List<CompletionStage<EntryId>> appends = new ArrayList<>();
        long first = writer.lastAddConfirmed() + 1;
        for (int i = 0; i < count; i++) {
            appends.add(writer.append(("entry " + (first + i)).getBytes(UTF_8)));
        }
        for (int i = 0; i < count; i++) {
            assertThat(await(appends.get(i)).value()).isEqualTo(first + i);
        }
    }

    private static void assertReadable(LedgerClient client, AppendLedger writer, int count) {
        ReadLedger reader = await(client.openWithRecovery(writer.id(), LedgerPassword.EMPTY));
        assertThat(reader.lastAddConfirmed()).isEqualTo(count - 1);
        List<LedgerEntry> entries = await(reader.read(0, count - 1));
        for (int i = 0; i < count; i++) {
            assertThat(new String(entries.get(i).payload(), UTF_8)).isEqualTo("entry " + i);
        }
    }

    @ParameterizedTest
    @EnumSource(Generation.class)
    void aWriterFinishesAlthoughOneOfThreeBookiesDies(Generation generation) {
        LedgerClient client = cluster.client(generation);
        AppendLedger writer = await(client.create(SPEC));
        appendAll(writer, 50);
        cluster.bookies.get(1).stop();
        appendAll(writer, 50);
        assertThat(writer.metadata().fragments()).hasSize(1);
        await(writer.closeLedger());
        assertReadable(client, writer, 100);
    }

    @Test
    void aLedgerThatIsClosedWithCopiesMissingIsMarkedForRepair() {
        LedgerClient client = cluster.client(Generation.V3);
        AppendLedger whole = await(client.create(SPEC));
        AppendLedger writer = await(client.create(SPEC));
        appendAll(whole, 10);
        await(whole.closeLedger());
        appendAll(writer, 50);
        BookieId dead = writer.metadata().lastFragment().ensemble().get(2);
        cluster.bookie(dead).stop();
        appendAll(writer, 50);
        assertThat(cluster.marks()).as("a mark would have the ledger fenced").isEmpty();
        await(writer.closeLedger());
        assertThat(cluster.marks()).containsExactly(Map.entry(writer.id(), List.of(dead)));
    }

    @Test
    void aLedgerIsMarkedOnlyIfTheFailedBookieWasReplacedTooLate() {
        cluster.addBookie();
        LedgerClient client = cluster.client(Generation.V3);
        AppendLedger writer = await(client.create(SPEC));
        appendAll(writer, 20);
        BookieId dead = writer.metadata().lastFragment().ensemble().get(0);
        cluster.bookie(dead).stop();
        appendAll(writer, 1);
        await(writer.closeLedger());
        boolean hole = writer.metadata().fragmentOf(20).ensemble().contains(dead);
        assertThat(cluster.marks()).hasSize(hole ? 1 : 0);
    }

    @ParameterizedTest
    @EnumSource(Generation.class)
    void aWriterStartsAlthoughOneOfThreeBookiesIsDead(Generation generation) {
        cluster.bookies.get(0).stop();
        LedgerClient client = cluster.client(generation);
        AppendLedger writer = await(client.create(SPEC));
        appendAll(writer, 50);
        await(writer.closeLedger());
        assertReadable(client, writer, 50);
    }

    @Test
    void aDeadBookieIsReplacedWhenThereIsAnother() {
        cluster.addBookie();
        LedgerClient client = cluster.client(Generation.V3);
        AppendLedger writer = await(client.create(SPEC));
        appendAll(writer, 20);
        BookieId dead = writer.metadata().lastFragment().ensemble().get(1);
        cluster.bookie(dead).stop();
        appendAll(writer, 20);
        until("the ensemble changes", () -> {
            appendAll(writer, 1);
            return !writer.metadata().lastFragment().ensemble().contains(dead);
        });
        assertThat(cluster.metadata(writer.id())).isEqualTo(writer.metadata());
        await(writer.closeLedger());
        assertReadable(client, writer, (int) writer.lastAddConfirmed() + 1);
    }

    @Test
    void aSilentBookieIsReplacedAfterTheTimeout() {
        cluster.addBookie();
        LedgerClient client = cluster.client(Generation.V3);
        AppendLedger writer = await(client.create(LedgerSpec.of(new Quorum(3, 3, 3))));
        BookieId silent = writer.metadata().lastFragment().ensemble().get(2);
        cluster.bookie(silent).fault(Operation.ADD, Fault.DROP);
        appendAll(writer, 10);
        assertThat(writer.metadata().lastFragment().ensemble()).doesNotContain(silent);
    }

    /** Longer than the timeout of an add, so that entries fail on it both before and after they are complete. */
    @Test
    void aHangingBookieOfThreeEndsNoWriter() {
        LedgerClient client = cluster.client(Generation.V3);
        AppendLedger writer = await(client.create(SPEC));
        appendAll(writer, 5);
        FakeBookie hanging = cluster.bookies.get(1);
        hanging.fault(Operation.ADD, Fault.HOLD);
        long deadline =
                System.nanoTime() + Cluster.config(Generation.V3).addTimeout().toNanos() * 2;
        while (System.nanoTime() < deadline) {
            appendAll(writer, 20);
        }
        hanging.heal();
        appendAll(writer, 5);
        await(writer.closeLedger());
        assertReadable(client, writer, (int) writer.lastAddConfirmed() + 1);
    }

    @Test
    void withoutAnAckQuorumTheWriterEndsAndNamesTheReason() {
        LedgerClient client = cluster.client(Generation.V3);
        AppendLedger writer = await(client.create(SPEC));
        appendAll(writer, 5);
        cluster.bookies.get(0).stop();
        cluster.bookies.get(1).stop();
        LedgerException failure = failure(writer.append(new byte[1]));
        assertThat(failure.reason()).isEqualTo(Reason.NOT_ENOUGH_BOOKIES);
        assertThat(failure).hasMessageContaining("edger " + writer.id());
        assertThat(failure(writer.append(new byte[1])).reason()).isEqualTo(Reason.NOT_ENOUGH_BOOKIES);
        assertThat(await(writer.closeLedger()).end()).isPresent();
        assertThat(writer.lastAddConfirmed()).isEqualTo(4);
    }

    @Test
    void aBookieThatComesBackIsUsedAgain() {
        LedgerClient client = cluster.client(Generation.V3);
        AppendLedger writer = await(client.create(SPEC));
        appendAll(writer, 5);
        FakeBookie bookie = cluster.bookies.get(2);
        bookie.stop();
        appendAll(writer, 5);
        bookie.start();
        until("the bookie stores entries again", () -> {
            appendAll(writer, 1);
            return bookie.entries(writer.id().value()).contains(writer.lastAddConfirmed());
        });
    }

    @Test
    void aDeadBookieIsReplacedOnceAnotherJoins() {
        LedgerClient client = cluster.client(Generation.V3);
        AppendLedger writer = await(client.create(SPEC));
        appendAll(writer, 5);
        BookieId dead = cluster.bookies.get(0).id();
        cluster.bookies.get(0).stop();
        appendAll(writer, 5);
        assertThat(writer.metadata().lastFragment().ensemble()).contains(dead);
        FakeBookie fourth = cluster.addBookie();
        until("the newcomer takes over", () -> {
            appendAll(writer, 1);
            return writer.metadata().lastFragment().ensemble().contains(fourth.id());
        });
        await(writer.closeLedger());
        assertReadable(client, writer, (int) writer.lastAddConfirmed() + 1);
    }

    @Test
    void aWriterNeedsNoMetadataServiceWhileItsBookiesWork() {
        LedgerClient client = cluster.client(Generation.V3);
        AppendLedger writer = await(client.create(SPEC));
        appendAll(writer, 5);
        cluster.metadataOutage(true);
        appendAll(writer, 5);
        cluster.metadataOutage(false);
        await(writer.closeLedger());
        assertReadable(client, writer, 10);
    }

    @Test
    void aLostConnectionIsOpenedAgain() {
        LedgerClient client = cluster.client(Generation.V3);
        AppendLedger writer = await(client.create(LedgerSpec.of(new Quorum(1, 1, 1))));
        appendAll(writer, 3);
        writer.close();
        ReadLedger reader = await(client.open(writer.id(), LedgerPassword.EMPTY));
        FakeBookie bookie =
                cluster.bookie(reader.metadata().lastFragment().ensemble().get(0));
        bookie.stop();
        LedgerException failure = failure(reader.read(0, 2));
        assertThat(failure.reason()).isEqualTo(Reason.BOOKIE_UNAVAILABLE);
        assertThat(failure).hasMessageContaining(bookie.id().value());
        bookie.start();
        until("the bookie answers again", () -> {
            try {
                return await(reader.read(0, 2)).size() == 3;
            } catch (LedgerException e) {
                return false;
            }
        });
    }

    @ParameterizedTest
    @EnumSource(Generation.class)
    void aReaderTurnsFromDamagedSilentAndRefusingReplicas(Generation generation) {
        LedgerClient client = cluster.client(generation);
        AppendLedger writer = await(client.create(SPEC));
        appendAll(writer, 12);
        writer.close();
        for (Fault fault : List.of(Fault.CORRUPT, Fault.DROP, Fault.CLOSE, Fault.refuse(Status.IO_ERROR))) {
            cluster.bookies.get(0).fault(Operation.READ, fault);
            // A client of its own, because one that was disappointed asks the others first.
            ReadLedger fresh = await(cluster.client(generation).open(writer.id(), LedgerPassword.EMPTY));
            assertThat(await(fresh.read(0, 11))).hasSize(12);
        }
        ReadLedger reader = await(client.open(writer.id(), LedgerPassword.EMPTY));
        for (FakeBookie bookie : cluster.bookies) {
            bookie.fault(Operation.READ, Fault.CORRUPT);
        }
        LedgerException failure = failure(reader.read(3, 3));
        assertThat(failure.reason()).isEqualTo(Reason.DIGEST_MISMATCH);
        assertThat(failure).hasMessageContaining("entry 3").hasMessageContaining("ledger " + writer.id());
    }

    @Test
    void anEntryThatIsNowhereIsAbsentAndOneThatMayBeSomewhereIsNot() {
        LedgerClient client = cluster.client(Generation.V3);
        AppendLedger writer = await(client.create(SPEC));
        appendAll(writer, 3);
        writer.close();
        ReadLedger reader = await(client.open(writer.id(), LedgerPassword.EMPTY));
        // An ack quorum is not everybody: the third copy may still be on its way.
        cluster.bookies.forEach(bookie -> until(
                "a bookie has every entry",
                () -> bookie.entries(writer.id().value()).size() == 3));
        cluster.bookies.forEach(bookie -> bookie.lose(writer.id().value(), 1));
        assertThat(failure(reader.read(1, 1)).reason()).isEqualTo(Reason.NO_SUCH_ENTRY);
        cluster.bookies.get(2).stop();
        assertThat(failure(reader.read(1, 1)).reason()).isEqualTo(Reason.BOOKIE_UNAVAILABLE);
    }

    @Test
    void aReaderFollowsEntriesThatWereMoved() {
        FakeBookie fourth = cluster.addBookie();
        LedgerClient client = cluster.client(Generation.V3);
        AppendLedger writer = await(client.create(LedgerSpec.of(new Quorum(1, 1, 1))));
        appendAll(writer, 1);
        writer.close();
        ReadLedger reader = await(client.open(writer.id(), LedgerPassword.EMPTY));
        BookieId old = reader.metadata().lastFragment().ensemble().get(0);
        FakeBookie target = fourth.id().equals(old) ? cluster.bookies.get(0) : fourth;
        target.adopt(cluster.bookie(old), writer.id().value());
        cluster.bookie(old).stop();
        cluster.swap(writer.id(), metadata -> metadata.withFragments(List.of(new Fragment(0, List.of(target.id())))));
        assertThat(await(reader.read(0, 0))).hasSize(1);
    }
}
