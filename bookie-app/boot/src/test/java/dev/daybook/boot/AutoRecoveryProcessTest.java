package dev.daybook.boot;

import static org.assertj.core.api.Assertions.assertThat;

import dev.daybook.boot.role.Connectors;
import dev.daybook.boot.zookeeper.ZooKeeperRole;
import dev.daybook.client.meta.MetadataStore;
import dev.daybook.client.meta.MetadataUri;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Auto-recovery as operators meet it: a process of its own, or a part of a bookie. */
class AutoRecoveryProcessTest {
    private static final long PATIENCE_NANOS = TimeUnit.SECONDS.toNanos(30);

    @TempDir
    static Path zooKeeperFolder;

    private static ZooKeeperRole zooKeeper;
    private static MetadataStore store;

    @TempDir
    Path folder;

    @BeforeAll
    static void startZooKeeper() {
        zooKeeper = ZooKeeperRole.start("127.0.0.1", 0, zooKeeperFolder);
        store = Connectors.to(MetadataUri.parse(uri()), Connectors.CONNECT_TIMEOUT, Duration.ofSeconds(10))
                .connect(true);
    }

    @AfterAll
    static void stopZooKeeper() throws IOException {
        store.close();
        zooKeeper.close();
    }

    private static String uri() {
        return "zk+longhierarchical://127.0.0.1:" + zooKeeper.port() + "/ledgers";
    }

    @Test
    void aProcessOfItsOwnIsElectedAndWithdrawsItsVote() throws Exception {
        try (Child recovery = Child.daybook(
                folder, Map.of(), "autorecovery", "--metadata-uri", uri(), "--name", "healer", "--http-port", "0")) {
            String ready = recovery.firstLine();
            assertThat(ready).startsWith("daybook autorecovery ready http=");
            awaitAuditor(Optional.of("healer"));
            String meters = get(Child.valueOf("http", ready), "/actuator/prometheus");
            assertThat(meters).contains("daybook_autorecovery_auditor 1.0", "daybook_autorecovery_ledgers");
            recovery.terminate();
            assertThat(recovery.exitCode()).isEqualTo(143);
            assertThat(recovery.errors()).doesNotContain(" WARN ", " ERROR ");
            assertThat(store.repairs().auditor().toCompletableFuture().join()).isEmpty();
        }
    }

    @Test
    void aBookieRunsItIfItIsTold() throws Exception {
        try (Child bookie = Child.daybook(
                folder,
                Map.of("DAYBOOK_AUTORECOVERY_ENABLED", "true"),
                "bookie",
                "--metadata-uri",
                uri(),
                "--port",
                "0",
                "--bookie-id",
                "b1",
                "--advertised-address",
                "127.0.0.1",
                "--data-dir",
                "data")) {
            assertThat(bookie.firstLine()).startsWith("daybook bookie ready id=b1");
            awaitAuditor(Optional.of("b1"));
            bookie.terminate();
            assertThat(bookie.exitCode()).isEqualTo(143);
            assertThat(bookie.errors()).doesNotContain(" WARN ", " ERROR ");
        }
    }

    @Test
    void wrongSettingsNameTheProperty() throws Exception {
        try (Child recovery =
                Child.daybook(folder, Map.of(), "autorecovery", "--metadata-uri", uri(), "--ledgers-at-once", "0")) {
            assertThat(recovery.exitCode()).isEqualTo(2);
            assertThat(recovery.errors()).contains("daybook.autorecovery.ledgers-at-once must be at least 1, was 0");
        }
    }

    private static void awaitAuditor(Optional<String> expected) {
        long deadline = System.nanoTime() + PATIENCE_NANOS;
        while (!store.repairs().auditor().toCompletableFuture().join().equals(expected)) {
            assertThat(System.nanoTime() - deadline).as("time left").isNegative();
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(20));
        }
    }

    private static String get(String port, String path) throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
                .build();
        return HttpClient.newHttpClient()
                .send(request, HttpResponse.BodyHandlers.ofString())
                .body();
    }
}
