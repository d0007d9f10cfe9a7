package dev.daybook.client.loop;

import static dev.daybook.client.fake.Cluster.await;
import static dev.daybook.client.fake.Cluster.failure;
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
import dev.daybook.protocol.model.DigestType;
import dev.daybook.protocol.model.EntryId;
import dev.daybook.protocol.model.LedgerId;
import dev.daybook.protocol.model.LedgerMetadata;
import dev.daybook.protocol.model.LedgerPassword;
import dev.daybook.protocol.model.Quorum;
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

/** What an application does on a good day, in both encodings and with every digest. */
class LedgerRoundTripTest {
    private static final LedgerPassword PASSWORD = LedgerPassword.of("secret");

    private final Cluster cluster = new Cluster(4);

    @AfterEach
    void close() {
        cluster.close();
    }

    static Stream<Arguments> encodings() {
        return Stream.of(Generation.values())
                .flatMap(generation -> Stream.of(DigestType.values()).map(digest -> Arguments.of(generation, digest)));
    }

    @ParameterizedTest
    @MethodSource("encodings")
    void whatIsAppendedIsRead(Generation generation, DigestType digest) {
        LedgerClient client = cluster.client(generation);
        LedgerSpec spec = LedgerSpec.of(new Quorum(3, 2, 2)).withDigest(digest).withPassword(PASSWORD);
        AppendLedger writer = await(client.create(spec));
        List<CompletionStage<EntryId>> appends = new ArrayList<>();
        for (int i = 0; i < 200; i++) {
            appends.add(writer.append(("entry " + i).getBytes(UTF_8)).thenApply(id -> {
                assertThat(writer.lastAddConfirmed())
                        .as("as soon as one hears of it")
                        .isGreaterThanOrEqualTo(id.value());
                return id;
            }));
        }
        for (int i = 0; i < 200; i++) {
            assertThat(await(appends.get(i)).value()).isEqualTo(i);
        }
        assertThat(writer.lastAddConfirmed()).isEqualTo(199);

        LedgerMetadata end = await(writer.closeLedger());
        assertThat(end.end()).contains(new LedgerMetadata.End(199, writer.length()));

        ReadLedger reader = await(client.open(writer.id(), PASSWORD));
        assertThat(reader.isClosed()).isTrue();
        List<LedgerEntry> entries = await(reader.read(0, reader.lastAddConfirmed()));
        assertThat(entries).hasSize(200);
        for (int i = 0; i < 200; i++) {
            assertThat(entries.get(i).id().value()).isEqualTo(i);
            assertThat(new String(entries.get(i).payload(), UTF_8)).isEqualTo("entry " + i);
        }
        assertThat(entries.get(199).length()).isEqualTo(reader.length());
    }

    @Test
    void anEmptyEntryIsAnEntry() {
        LedgerClient client = cluster.client(Generation.V3);
        AppendLedger writer = await(client.create(LedgerSpec.of(new Quorum(1, 1, 1))));
        await(writer.append(new byte[0]));
        writer.close();
        ReadLedger reader = await(client.open(writer.id(), LedgerPassword.EMPTY));
        assertThat(await(reader.read(0, 0)).get(0).payload()).isEmpty();
    }

    @Test
    void anEmptyLedgerEndsBeforeItsFirstEntry() {
        LedgerClient client = cluster.client(Generation.V3);
        AppendLedger writer = await(client.create(LedgerSpec.of(new Quorum(3, 3, 2))));
        ReadLedger open = await(client.open(writer.id(), LedgerPassword.EMPTY));
        assertThat(open.lastAddConfirmed()).isEqualTo(-1);
        writer.close();
        ReadLedger closed = await(client.openWithRecovery(writer.id(), LedgerPassword.EMPTY));
        assertThat(closed.lastAddConfirmed()).isEqualTo(-1);
        assertThat(failure(closed.read(0, 0)).reason()).isEqualTo(Reason.READ_FAILED);
    }

    @Test
    void deletedLedgersCannotBeOpened() {
        LedgerClient client = cluster.client(Generation.V3);
        AppendLedger writer = await(client.create(LedgerSpec.of(new Quorum(3, 3, 2))));
        writer.close();
        await(client.delete(writer.id()));
        await(client.delete(writer.id()));
        LedgerException failure = failure(client.open(writer.id(), LedgerPassword.EMPTY));
        assertThat(failure.reason()).isEqualTo(Reason.NO_SUCH_LEDGER);
        assertThat(failure).hasMessageContaining("edger " + writer.id());
        assertThat(failure(client.openWithRecovery(new LedgerId(77), LedgerPassword.EMPTY))
                        .reason())
                .isEqualTo(Reason.NO_SUCH_LEDGER);
    }

    @Test
    void aWrongPasswordNeverReachesABookie() {
        LedgerClient client = cluster.client(Generation.V3);
        AppendLedger writer =
                await(client.create(LedgerSpec.of(new Quorum(3, 3, 2)).withPassword(PASSWORD)));
        LedgerException failure = failure(client.openWithRecovery(writer.id(), LedgerPassword.of("guess")));
        assertThat(failure.reason()).isEqualTo(Reason.UNAUTHORIZED);
        assertThat(failure).hasMessageContaining("daybook.ledger.password");
        assertThat(cluster.bookies).allMatch(bookie -> bookie.received(Operation.READ) == 0);
        await(writer.append(new byte[1]));
    }

    @Test
    void anEntryThatFitsNoFrameIsRefusedAndTheHandleGoesOn() {
        LedgerClient client = cluster.client(Generation.V3);
        AppendLedger writer = await(client.create(LedgerSpec.of(new Quorum(3, 3, 2))));
        int largest = 5 * 1024 * 1024 - 512 - 32 - 4;
        LedgerException failure = failure(writer.append(new byte[largest + 1]));
        assertThat(failure.reason()).isEqualTo(Reason.ENTRY_TOO_LARGE);
        assertThat(failure)
                .hasMessageContaining("daybook.client.max-frame-bytes")
                .hasMessageContaining("5242880");
        assertThat(await(writer.append(new byte[largest])).value()).isZero();
        assertThat(await(writer.append(new byte[1])).value()).isEqualTo(1);
    }

    @Test
    void tooFewBookiesAreCounted() {
        LedgerClient client = cluster.client(Generation.V3);
        LedgerException failure = failure(client.create(LedgerSpec.of(new Quorum(5, 3, 2))));
        assertThat(failure.reason()).isEqualTo(Reason.NOT_ENOUGH_BOOKIES);
        assertThat(failure).hasMessageContaining("5").hasMessageContaining("4");
    }

    @Test
    void appendingAfterTheEndFails() {
        LedgerClient client = cluster.client(Generation.V3);
        AppendLedger writer = await(client.create(LedgerSpec.of(new Quorum(3, 3, 2))));
        await(writer.append(new byte[10]));
        writer.close();
        LedgerException failure = failure(writer.append(new byte[10]));
        assertThat(failure.reason()).isEqualTo(Reason.LEDGER_CLOSED);
        assertThat(failure).hasMessageContaining("edger " + writer.id());
        writer.close();
    }

    @Test
    void operatorsSeeBookiesAndLedgers() {
        LedgerClient client = cluster.client(Generation.V2);
        AppendLedger writer = await(client.create(LedgerSpec.of(new Quorum(3, 3, 2))));
        assertThat(await(client.admin().bookies())).hasSize(4);
        assertThat(await(client.admin().ledgers(java.util.Optional.empty(), 10)))
                .containsExactly(writer.id());
        assertThat(await(client.admin().ledger(writer.id()))).isPresent();
        var usage = await(client.admin().diskUsage(cluster.bookies.get(0).id()));
        assertThat(usage.totalBytes()).isEqualTo(1000);
        assertThat(usage.freeBytes()).isEqualTo(400);
    }
}
