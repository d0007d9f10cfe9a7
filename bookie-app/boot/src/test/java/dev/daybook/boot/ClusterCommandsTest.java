package dev.daybook.boot;

import static org.assertj.core.api.Assertions.assertThat;

import dev.daybook.client.AppendLedger;
import dev.daybook.client.ClientConfig;
import dev.daybook.client.LedgerClient;
import dev.daybook.client.LedgerClients;
import dev.daybook.client.LedgerSpec;
import dev.daybook.client.meta.MetadataUri;
import dev.daybook.protocol.model.Quorum;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import tools.jackson.databind.JsonNode;

/** What makes and empties whole clusters, and closes ledgers by force. */
class ClusterCommandsTest {
    @RegisterExtension
    static final Cluster CLUSTER = Cluster.ofBookies(3);

    private static JsonNode json(Ran ran) {
        assertThat(ran.code()).as(ran.err()).isZero();
        return ran.json().get(0);
    }

    @Test
    void aClusterWithoutBookiesIsFormattedOnceItsNameIsTyped() {
        String uri = CLUSTER.uri() + "-of-tests";
        assertThat(json(Ran.on(uri, "", "cluster init --dry-run --json"))
                        .get("wouldCreate")
                        .asBoolean())
                .isTrue();
        assertThat(Ran.on(uri, "", "cluster status").code()).isNotZero();
        assertThat(Ran.on(uri, "", "cluster init").code()).isZero();
        assertThat(json(Ran.on(uri, "", "cluster init --dry-run --json"))
                        .get("wouldCreate")
                        .asBoolean())
                .isFalse();
        Cluster.createRecords(uri, 450);
        JsonNode planned = json(Ran.on(uri, "", "cluster format --dry-run --json"));
        assertThat(planned.get("ledgers").asLong()).isEqualTo(450);
        assertThat(planned.get("formatted").asBoolean()).isFalse();
        String instance = planned.get("instanceId").asString();

        assertThat(Ran.on(uri, "yes\n", "cluster format").refusal(7)).contains("not confirmed");
        assertThat(Ran.on(uri, "", "cluster format --yes other").refusal(7)).contains(instance);
        assertThat(json(Ran.on(uri, "", "ledger list --count --json"))
                        .get("ledgers")
                        .asLong())
                .isEqualTo(450);

        assertThat(Ran.on(uri, instance + "\n", "cluster format").code()).isZero();
        assertThat(json(Ran.on(uri, "", "ledger list --count --json"))
                        .get("ledgers")
                        .asLong())
                .isZero();
        String fresh =
                json(Ran.on(uri, "", "cluster status --json")).get("instanceId").asString();
        assertThat(fresh).isNotEmpty().isNotEqualTo(instance);
        assertThat(Ran.on(uri, "", "cluster format --yes " + instance).refusal(7))
                .contains(fresh);
        assertThat(json(Ran.on(uri, "", "cluster format --json --yes " + fresh))
                        .get("formatted")
                        .asBoolean())
                .isTrue();
        Cluster.createRecords(uri, 1);
    }

    @Test
    void aClusterWithBookiesIsNotFormatted() {
        String instance = json(CLUSTER.daybook("", "cluster status --json"))
                .get("instanceId")
                .asString();
        assertThat(CLUSTER.daybook("", "cluster format --yes " + instance).refusal(2))
                .contains("bookie-1", "stop them first");
        assertThat(CLUSTER.daybook("", "cluster format --dry-run").refusal(2)).contains("registered");
    }

    @Test
    void aLedgerWithoutItsWriterIsClosed() throws Exception {
        try (LedgerClient client = LedgerClients.connect(ClientConfig.of(MetadataUri.parse(CLUSTER.uri())))) {
            AppendLedger writer = client.create(LedgerSpec.of(new Quorum(3, 3, 2)))
                    .toCompletableFuture()
                    .get();
            writer.append("kept".getBytes(StandardCharsets.UTF_8))
                    .toCompletableFuture()
                    .get();
            String recover = "ledger recover --json " + writer.id();
            assertThat(json(CLUSTER.daybook("", recover + " --dry-run"))
                            .get("state")
                            .asString())
                    .isEqualTo("OPEN");
            assertThat(CLUSTER.daybook("no\n", recover).refusal(7)).contains("not confirmed");
            JsonNode closed = json(CLUSTER.daybook("", recover + " --yes"));
            assertThat(closed.get("state").asString()).isEqualTo("CLOSED");
            assertThat(closed.get("lastEntryId").asLong()).isZero();
            assertThat(closed.get("recovered").asBoolean()).isTrue();
            assertThat(json(CLUSTER.daybook("", recover)).get("recovered").asBoolean())
                    .isFalse();
            assertThat(CLUSTER.daybook("", "ledger recover --yes 424242").refusal(6))
                    .contains("424242");
        }
    }
}
