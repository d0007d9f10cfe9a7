package dev.daybook.boot;

import static org.assertj.core.api.Assertions.assertThat;

import dev.daybook.client.AppendLedger;
import dev.daybook.client.ClientConfig;
import dev.daybook.client.LedgerClient;
import dev.daybook.client.LedgerClients;
import dev.daybook.client.LedgerSpec;
import dev.daybook.client.meta.MetadataUri;
import dev.daybook.protocol.model.Quorum;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** What makes and empties whole clusters, and closes ledgers by force. */
class ClusterCommandsTest {
    @TempDir
    static Path folder;

    private static Cluster cluster;

    @BeforeAll
    static void startCluster() {
        cluster = Cluster.start(folder, 3);
    }

    @AfterAll
    static void stopCluster() throws IOException {
        cluster.close();
    }

    private static Ran on(String uri, String input, String command) {
        List<String> arguments = new ArrayList<>(List.of(command.split(" ")));
        arguments.add("--metadata-uri");
        arguments.add(uri);
        return Ran.daybook(input, arguments.toArray(String[]::new));
    }

    private static JsonNode json(Ran ran) {
        assertThat(ran.code()).as(ran.err()).isZero();
        return ran.json().get(0);
    }

    @Test
    void aClusterWithoutBookiesIsFormattedOnceItsNameIsTyped() {
        String uri = cluster.uri() + "-of-tests";
        assertThat(json(on(uri, "", "cluster init --dry-run --json"))
                        .get("wouldCreate")
                        .asBoolean())
                .isTrue();
        assertThat(on(uri, "", "cluster status").code()).isNotZero();
        assertThat(on(uri, "", "cluster init").code()).isZero();
        assertThat(json(on(uri, "", "cluster init --dry-run --json"))
                        .get("wouldCreate")
                        .asBoolean())
                .isFalse();
        Cluster.createRecords(uri, 450);
        JsonNode planned = json(on(uri, "", "cluster format --dry-run --json"));
        assertThat(planned.get("ledgers").asLong()).isEqualTo(450);
        assertThat(planned.get("formatted").asBoolean()).isFalse();
        String instance = planned.get("instanceId").asString();

        assertThat(on(uri, "yes\n", "cluster format").refusal(7)).contains("not confirmed");
        assertThat(on(uri, "", "cluster format --yes other").refusal(7)).contains(instance);
        assertThat(json(on(uri, "", "ledger list --count --json"))
                        .get("ledgers")
                        .asLong())
                .isEqualTo(450);

        assertThat(on(uri, instance + "\n", "cluster format").code()).isZero();
        assertThat(json(on(uri, "", "ledger list --count --json"))
                        .get("ledgers")
                        .asLong())
                .isZero();
        String fresh =
                json(on(uri, "", "cluster status --json")).get("instanceId").asString();
        assertThat(fresh).isNotEmpty().isNotEqualTo(instance);
        assertThat(on(uri, "", "cluster format --yes " + instance).refusal(7)).contains(fresh);
        assertThat(json(on(uri, "", "cluster format --json --yes " + fresh))
                        .get("formatted")
                        .asBoolean())
                .isTrue();
        Cluster.createRecords(uri, 1);
    }

    @Test
    void aClusterWithBookiesIsNotFormatted() {
        String instance = json(on(cluster.uri(), "", "cluster status --json"))
                .get("instanceId")
                .asString();
        assertThat(on(cluster.uri(), "", "cluster format --yes " + instance).refusal(2))
                .contains("bookie-1", "stop them first");
        assertThat(on(cluster.uri(), "", "cluster format --dry-run").refusal(2)).contains("registered");
    }

    @Test
    void aLedgerWithoutItsWriterIsClosed() throws Exception {
        try (LedgerClient client = LedgerClients.connect(ClientConfig.of(MetadataUri.parse(cluster.uri())))) {
            AppendLedger writer = client.create(LedgerSpec.of(new Quorum(3, 3, 2)))
                    .toCompletableFuture()
                    .get();
            writer.append("kept".getBytes(StandardCharsets.UTF_8))
                    .toCompletableFuture()
                    .get();
            String recover = "ledger recover --json " + writer.id();
            assertThat(json(on(cluster.uri(), "", recover + " --dry-run"))
                            .get("state")
                            .asString())
                    .isEqualTo("OPEN");
            assertThat(on(cluster.uri(), "no\n", recover).refusal(7)).contains("not confirmed");
            JsonNode closed = json(on(cluster.uri(), "", recover + " --yes"));
            assertThat(closed.get("state").asString()).isEqualTo("CLOSED");
            assertThat(closed.get("lastEntryId").asLong()).isZero();
            assertThat(closed.get("recovered").asBoolean()).isTrue();
            assertThat(json(on(cluster.uri(), "", recover)).get("recovered").asBoolean())
                    .isFalse();
            assertThat(on(cluster.uri(), "", "ledger recover --yes 424242").refusal(6))
                    .contains("424242");
        }
    }
}
