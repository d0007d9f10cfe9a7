package dev.daybook.client.loop;

import static dev.daybook.client.fake.Cluster.await;
import static dev.daybook.client.fake.Cluster.failure;
import static dev.daybook.client.fake.Cluster.until;
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
import dev.daybook.protocol.model.DigestType;
import dev.daybook.protocol.model.EntryId;
import dev.daybook.protocol.model.LedgerMetadata;
import dev.daybook.protocol.model.LedgerPassword;
import dev.daybook.protocol.model.LedgerState;
import dev.daybook.protocol.model.Quorum;
import dev.daybook.protocol.model.Status;
import dev.daybook.protocol.wire.Generation;
import dev.daybook.protocol.wire.Operation;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Taking a ledger away from its writer. */
class RecoveryTest {
    private static final LedgerPassword PASSWORD = LedgerPassword.of("secret");
    private static final LedgerSpec SPEC = LedgerSpec.of(new Quorum(3, 3, 2)).withPassword(PASSWORD);

    private final Cluster cluster = new Cluster(3);

    @AfterEach
    void close() {
        cluster.close();
    }

    static Stream<Arguments> encodings() {
        return Stream.of(Generation.values())
                .flatMap(generation -> Stream.of(DigestType.values()).map(digest -> Arguments.of(generation, digest)));
    }

    /** The writer goes on while it is fenced; whatever it was told must be in the ledger. */
    @ParameterizedTest
    @MethodSource("encodings")
    void aLiveWriterIsFencedAndLosesNothingItWasPromised(Generation generation, DigestType digest) {
        LedgerClient client = cluster.client(generation);
        LedgerClient other = cluster.client(generation);
        AppendLedger writer = await(client.create(SPEC.withDigest(digest)));
        List<CompletionStage<EntryId>> appends = new ArrayList<>();
        for (int i = 0; i < 100; i++) {
            appends.add(writer.append(new byte[] {(byte) i}));
        }
        await(appends.get(20));
        CompletionStage<ReadLedger> recovery = other.openWithRecovery(writer.id(), PASSWORD);
        LedgerException end = null;
        for (int i = 100; end == null; i++) {
            try {
                await(writer.append(new byte[] {(byte) i}));
            } catch (LedgerException e) {
                end = e;
            }
        }
        assertThat(end.reason()).isIn(Reason.LEDGER_FENCED, Reason.LEDGER_CLOSED);
        assertThat(end).hasMessageContaining("edger " + writer.id());

        ReadLedger recovered = await(recovery);
        assertThat(recovered.isClosed()).isTrue();
        assertThat(recovered.lastAddConfirmed()).isGreaterThanOrEqualTo(writer.lastAddConfirmed());
        List<LedgerEntry> entries = await(recovered.read(0, recovered.lastAddConfirmed()));
        for (int i = 0; i < entries.size(); i++) {
            assertThat(entries.get(i).payload()).containsExactly((byte) i);
        }
        assertThat(recovered.length()).isEqualTo(entries.size());
        assertThat(cluster.metadata(writer.id()).state()).isEqualTo(LedgerState.CLOSED);
    }

    @Test
    void entriesOnTooFewBookiesAreCopied() {
        LedgerClient client = cluster.client(Generation.V3);
        AppendLedger writer = await(client.create(SPEC));
        await(writer.append(new byte[] {0}));
        cluster.bookies.get(0).fault(Operation.ADD, Fault.refuse(Status.IO_ERROR));
        await(writer.append(new byte[] {1}));
        cluster.bookies.get(0).heal();
        ReadLedger recovered = await(cluster.client(Generation.V3).openWithRecovery(writer.id(), PASSWORD));
        assertThat(recovered.lastAddConfirmed()).isEqualTo(1);
        until(
                "the bookie that missed the entry has it",
                () -> cluster.bookies.get(0).entries(writer.id().value()).contains(1L));
    }

    @Test
    void aDeadBookieDoesNotStopARecovery() {
        LedgerClient client = cluster.client(Generation.V3);
        AppendLedger writer = await(client.create(SPEC));
        for (int i = 0; i < 10; i++) {
            await(writer.append(new byte[] {(byte) i}));
        }
        cluster.bookies.get(1).stop();
        ReadLedger recovered = await(cluster.client(Generation.V3).openWithRecovery(writer.id(), PASSWORD));
        assertThat(await(recovered.read(0, 9))).hasSize(10);
    }

    @Test
    void withTooFewBookiesARecoveryFailsAndCanBeRepeated() {
        LedgerClient client = cluster.client(Generation.V3);
        AppendLedger writer = await(client.create(SPEC));
        await(writer.append(new byte[] {7}));
        cluster.bookies.get(0).stop();
        cluster.bookies.get(1).stop();
        LedgerClient other = cluster.client(Generation.V3);
        LedgerException failure = failure(other.openWithRecovery(writer.id(), PASSWORD));
        assertThat(failure.reason()).isIn(Reason.RECOVERY_FAILED, Reason.TIMEOUT);
        assertThat(failure).hasMessageContaining("edger " + writer.id());
        cluster.bookies.get(0).start();
        cluster.bookies.get(1).start();
        until("the recovery succeeds", () -> {
            try {
                return await(other.openWithRecovery(writer.id(), PASSWORD)).lastAddConfirmed() == 0;
            } catch (LedgerException e) {
                return false;
            }
        });
    }

    @Test
    void severalRecoveriesAgree() {
        LedgerClient client = cluster.client(Generation.V3);
        AppendLedger writer = await(client.create(SPEC));
        for (int i = 0; i < 30; i++) {
            await(writer.append(new byte[] {(byte) i}));
        }
        List<CompletionStage<ReadLedger>> recoveries = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
            recoveries.add(
                    cluster.client(i % 2 == 0 ? Generation.V2 : Generation.V3).openWithRecovery(writer.id(), PASSWORD));
        }
        LedgerMetadata.End end = await(recoveries.get(0)).metadata().end().orElseThrow();
        assertThat(end.lastEntryId()).isEqualTo(29);
        recoveries.forEach(
                recovery -> assertThat(await(recovery).metadata().end()).contains(end));
        assertThat(cluster.bookies.stream()
                        .filter(bookie -> bookie.isFenced(writer.id().value())))
                .hasSizeGreaterThanOrEqualTo(2);
    }

    @Test
    void readingWithoutRecoveryDisturbsNobody() {
        LedgerClient client = cluster.client(Generation.V3);
        AppendLedger writer = await(client.create(SPEC));
        await(writer.append(new byte[] {0}));
        ReadLedger reader = await(cluster.client(Generation.V3).open(writer.id(), PASSWORD));
        assertThat(await(reader.readUnconfirmed(0, 0))).hasSize(1);
        await(writer.append(new byte[] {1}));
        for (FakeBookie bookie : cluster.bookies) {
            assertThat(bookie.isFenced(writer.id().value())).isFalse();
        }
        assertThat(cluster.metadata(writer.id()).state()).isEqualTo(LedgerState.OPEN);
    }
}
