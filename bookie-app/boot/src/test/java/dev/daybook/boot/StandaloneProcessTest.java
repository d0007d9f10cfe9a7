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
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StandaloneProcessTest {
    @TempDir
    Path folder;

    @Test
    void aWholeClusterServesAndItsDataStartAgain() throws Exception {
        String secret;
        try (Child cluster = standalone()) {
            String ready = cluster.firstLine();
            assertThat(ready).startsWith("daybook standalone ready metadata-uri=zk+longhierarchical://127.0.0.1:");
            Path passwordFile = Path.of(Child.valueOf("console-password-file", ready));
            assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(passwordFile)))
                    .isEqualTo("rw-------");
            secret = Files.readString(passwordFile);
            assertThat(ready).doesNotContain(secret.strip());
            assertThat(status(Child.valueOf("console", ready))).isBetween(200, 399);
            assertThat(status(Child.valueOf("http", ready) + "heartbeat")).isEqualTo(200);
            assertThat(status(Child.valueOf("http", ready) + "api/v1/ledgers")).isEqualTo(401);
            assertThat(status(
                            Child.valueOf("http", ready) + "api/v1/ledgers",
                            Files.readString(Path.of(Child.valueOf("admin-token-file", ready)))
                                    .strip()))
                    .isEqualTo(200);
            bench(Child.valueOf("metadata-uri", ready));
            writeOnAllBookies(Child.valueOf("metadata-uri", ready));
            cluster.terminate();
            assertThat(cluster.exitCode()).isEqualTo(143);
            assertThat(cluster.errors().lines())
                    .allMatch(line -> line.contains(" INFO "))
                    .anyMatch(line -> line.contains("standalone is the auditor"));
        }
        Path bookie = folder.resolve("data").resolve("bookie-2");
        Files.move(bookie, folder.resolve("lost"));
        try (Child refused = standalone()) {
            assertThat(refused.exitCode()).isEqualTo(2);
            assertThat(refused.errors()).contains("--accept-data-loss");
        }
        try (Child again = standalone("--accept-data-loss")) {
            String ready = again.firstLine();
            again.awaitError("Every ledger of this bookie is complete");
            assertThat(Files.readString(Path.of(Child.valueOf("console-password-file", ready))))
                    .isEqualTo(secret);
            try (Child second = standalone()) {
                assertThat(second.exitCode()).isEqualTo(2);
                assertThat(second.errors()).contains("in use by another running process", "--data-dir");
            }
        }
    }

    private void bench(String uri) throws Exception {
        String[] common = {"--uri", uri, "--seconds", "1", "--warmup", "0", "--outstanding", "10"};
        try (Child write = Child.daybook(folder, Map.of(), arguments("write", common, "--size", "100"))) {
            assertThat(write.exitCode()).as(write.errors()).isZero();
            assertThat(write.remainingLines()).anyMatch(line -> line.startsWith("entries/s"));
        }
        try (Child read = Child.daybook(folder, Map.of(), arguments("read", common, "--entries", "100", "--v2"))) {
            assertThat(read.exitCode()).as(read.errors()).isZero();
            assertThat(read.remainingLines()).anyMatch(line -> line.startsWith("latency ms p50"));
        }
    }

    private static String[] arguments(String what, String[] common, String... more) {
        String[] all = new String[2 + common.length + more.length];
        all[0] = "bench";
        all[1] = what;
        System.arraycopy(common, 0, all, 2, common.length);
        System.arraycopy(more, 0, all, 2 + common.length, more.length);
        return all;
    }

    private static void writeOnAllBookies(String uri) {
        try (LedgerClient client = LedgerClients.connect(ClientConfig.of(MetadataUri.parse(uri)))) {
            AppendLedger ledger = client.create(LedgerSpec.of(new Quorum(3, 3, 3)))
                    .toCompletableFuture()
                    .join();
            for (int i = 0; i < 5; i++) {
                ledger.append(new byte[10]).toCompletableFuture().join();
            }
            ledger.closeLedger().toCompletableFuture().join();
        }
    }

    private Child standalone(String... more) {
        List<String> arguments = new ArrayList<>(List.of(
                "standalone",
                "--data-dir",
                "data",
                "--zookeeper-port",
                "0",
                "--bookie-port",
                "0",
                "--console-port",
                "0"));
        arguments.addAll(List.of(more));
        return Child.daybook(folder, Map.of(), arguments.toArray(String[]::new));
    }

    private static int status(String url) throws IOException, InterruptedException {
        return status(url, "");
    }

    private static int status(String url, String token) throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(URI.create(url))
                .header("Authorization", "Bearer " + token)
                .build();
        return HttpClient.newHttpClient()
                .send(request, HttpResponse.BodyHandlers.discarding())
                .statusCode();
    }
}
