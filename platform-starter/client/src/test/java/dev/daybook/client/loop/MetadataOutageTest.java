package dev.daybook.client.loop;

import static dev.daybook.client.fake.Cluster.await;
import static dev.daybook.client.fake.Cluster.failure;
import static org.assertj.core.api.Assertions.assertThat;

import dev.daybook.client.AppendLedger;
import dev.daybook.client.ClientConfig;
import dev.daybook.client.LedgerClient;
import dev.daybook.client.LedgerException;
import dev.daybook.client.LedgerException.Reason;
import dev.daybook.client.LedgerSpec;
import dev.daybook.client.ReadLedger;
import dev.daybook.client.WriterConfig;
import dev.daybook.client.fake.Cluster;
import dev.daybook.client.fake.FakeBookie;
import dev.daybook.metrics.ClientMetrics;
import dev.daybook.protocol.model.EntryId;
import dev.daybook.protocol.model.LedgerMetadata;
import dev.daybook.protocol.model.LedgerPassword;
import dev.daybook.protocol.model.Quorum;
import dev.daybook.protocol.wire.Generation;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletionStage;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Writers while the metadata service is away. */
class MetadataOutageTest {
    private final Cluster cluster = new Cluster(6);

    @AfterEach
    void close() {
        cluster.close();
    }

    private FakeBookie member(AppendLedger writer, int position) {
        return cluster.bookie(writer.metadata().lastFragment().ensemble().get(position));
    }

    /** The outage outlasts every deadline: of a metadata operation, of an add, of an append. */
    @Test
    void bookiesFailDuringAnOutageAndTheHandleSurvives() {
        ClientConfig config = Cluster.config(Generation.V3, Duration.ofMillis(300))
                .withWrites(WriterConfig.DEFAULT.withAppendTimeout(Duration.ofSeconds(1)));
        LedgerClient client = cluster.client(config, ClientMetrics.NONE);
        // With an ack quorum of two, two answers may come before it is noticed that the third bookie is gone.
        AppendLedger writer = await(client.create(LedgerSpec.of(new Quorum(3, 3, 3))));
        await(writer.append(new byte[1]));
        LedgerMetadata before = writer.metadata();

        cluster.metadataOutage(true);
        member(writer, 0).stop();
        CompletionStage<EntryId> stuck = writer.append(new byte[1]);
        LedgerException overdue = failure(stuck);
        assertThat(overdue.reason()).isEqualTo(Reason.TIMEOUT);
        assertThat(overdue).hasMessageContaining("the metadata service does not answer");
        member(writer, 1).stop();
        List<CompletionStage<EntryId>> waiting = new ArrayList<>();
        for (int i = 0; i < 10; i++) {
            waiting.add(writer.append(new byte[1]));
        }
        assertThat(failure(waiting.get(9)).reason()).isEqualTo(Reason.TIMEOUT);
        assertThat(writer.lastAddConfirmed())
                .as("nothing is confirmed before the new fragment is stored")
                .isZero();
        assertThat(cluster.metadata(writer.id())).isEqualTo(before);

        cluster.metadataOutage(false);
        Cluster.until("everything is confirmed", () -> writer.lastAddConfirmed() == 11);
        assertThat(await(writer.append(new byte[1])).value()).isEqualTo(12);
        assertThat(cluster.metadata(writer.id()).lastFragment().firstEntryId()).isEqualTo(1);
        assertThat(await(writer.closeLedger()).end().orElseThrow().lastEntryId())
                .isEqualTo(12);
        ReadLedger reader = await(client.open(writer.id(), LedgerPassword.EMPTY));
        assertThat(await(reader.read(0, 12))).hasSize(13);
    }

    @Test
    void aCloseDuringTheOutageEndsWithinItsDeadlineAndLeavesTheLedgerToRecovery() {
        LedgerClient client = cluster.client(Generation.V3);
        AppendLedger writer = await(client.create(LedgerSpec.of(new Quorum(3, 3, 2))));
        await(writer.append(new byte[1]));
        cluster.metadataOutage(true);
        assertThat(failure(writer.closeLedger()).reason()).isEqualTo(Reason.METADATA_UNAVAILABLE);
        assertThat(failure(writer.append(new byte[1])).reason()).isEqualTo(Reason.LEDGER_CLOSED);
        cluster.metadataOutage(false);
        ReadLedger recovered = await(client.openWithRecovery(writer.id(), LedgerPassword.EMPTY));
        assertThat(recovered.lastAddConfirmed()).isZero();
    }

    @Test
    void aClientMayBeClosedDuringTheOutage() {
        LedgerClient client = cluster.client(Generation.V3);
        AppendLedger writer = await(client.create(LedgerSpec.of(new Quorum(3, 3, 3))));
        await(writer.append(new byte[1]));
        cluster.metadataOutage(true);
        member(writer, 0).stop();
        CompletionStage<EntryId> stuck = writer.append(new byte[1]);
        client.close();
        assertThat(failure(stuck).reason()).isEqualTo(Reason.CLIENT_CLOSED);
    }
}
