package dev.daybook.boot;

import static org.assertj.core.api.Assertions.assertThat;

import dev.daybook.client.AppendLedger;
import dev.daybook.client.ClientConfig;
import dev.daybook.client.LedgerClient;
import dev.daybook.client.LedgerClients;
import dev.daybook.client.LedgerEntry;
import dev.daybook.client.LedgerSpec;
import dev.daybook.client.ReadLedger;
import dev.daybook.client.meta.BookieRecord;
import dev.daybook.client.meta.MetadataUri;
import dev.daybook.protocol.model.LedgerPassword;
import dev.daybook.protocol.model.Quorum;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A cluster without ZooKeeper: the server program, a client and the console find etcd by the metadata URI alone. */
class EtcdProcessTest {
    private static final int ENTRIES = 50;
    private static final long PATIENCE_SECONDS = 60;

    @TempDir
    Path folder;

    @Test
    void aClusterLivesOnEtcd() throws Exception {
        try (EtcdServer etcd = new EtcdServer(folder)) {
            String uri = etcd.uri("/ledgers");
            try (Child init = Child.daybook(folder, Map.of(), "cluster", "init", "--metadata-uri", uri)) {
                assertThat(init.firstLine()).isEqualTo("Created the cluster " + uri + ".");
                assertThat(init.exitCode()).isZero();
            }
            try (Child one = bookie(uri, "one");
                    Child two = bookie(uri, "two")) {
                assertThat(one.firstLine()).startsWith("daybook bookie ready");
                assertThat(two.firstLine()).startsWith("daybook bookie ready");
                try (LedgerClient client = client(uri)) {
                    writesAndReads(client, etcd);
                    serves(uri);
                    one.terminate();
                    assertThat(one.exitCode()).isEqualTo(143);
                    long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS);
                    while (down(client) != 1) {
                        assertThat(System.nanoTime() - deadline)
                                .as("the bookie that stopped is still registered")
                                .isNegative();
                    }
                }
            }
        }
    }

    private static long down(LedgerClient client) {
        return get(client.admin().bookies()).stream()
                .filter(bookie -> bookie.state() == BookieRecord.State.DOWN)
                .count();
    }

    private static <T> T get(CompletionStage<T> stage) {
        return stage.toCompletableFuture()
                .orTimeout(PATIENCE_SECONDS, TimeUnit.SECONDS)
                .join();
    }

    private static LedgerClient client(String uri) {
        return LedgerClients.connect(ClientConfig.of(MetadataUri.parse(uri)));
    }

    /** Also while etcd is away in the middle of it. */
    private static void writesAndReads(LedgerClient client, EtcdServer etcd) throws IOException, InterruptedException {
        AppendLedger writer = get(client.create(LedgerSpec.of(new Quorum(2, 2, 2))));
        for (int i = 0; i < ENTRIES; i++) {
            if (i == ENTRIES / 2) {
                etcd.kill();
            }
            get(writer.append(("entry " + i).getBytes(StandardCharsets.UTF_8)));
        }
        etcd.startAgain();
        get(writer.closeLedger());
        ReadLedger reader = get(client.openWithRecovery(writer.id(), LedgerPassword.EMPTY));
        List<LedgerEntry> entries = get(reader.read(0, ENTRIES - 1));
        assertThat(entries)
                .extracting(entry -> new String(entry.payload(), StandardCharsets.UTF_8))
                .startsWith("entry 0", "entry 1")
                .endsWith("entry " + (ENTRIES - 1));
    }

    private void serves(String uri) throws IOException, InterruptedException {
        try (Child console = Child.daybook(
                folder,
                Map.of("DAYBOOK_CONSOLE_PASSWORD", "a-long-secret"),
                "console",
                "--metadata-uri",
                uri,
                "--port",
                "0")) {
            String ready = console.firstLine();
            assertThat(ready).startsWith("daybook console ready");
            HttpRequest request = HttpRequest.newBuilder(
                            URI.create("http://127.0.0.1:" + Child.valueOf("port", ready) + "/"))
                    .build();
            HttpResponse<String> page = HttpClient.newHttpClient().send(request, HttpResponse.BodyHandlers.ofString());
            assertThat(page.statusCode()).isBetween(200, 399);
        }
    }

    private Child bookie(String uri, String name) {
        return Child.daybook(
                folder,
                Map.of(),
                "bookie",
                "--metadata-uri",
                uri,
                "--port",
                "0",
                "--data-dir",
                name,
                "--advertised-address",
                "127.0.0.1");
    }
}
