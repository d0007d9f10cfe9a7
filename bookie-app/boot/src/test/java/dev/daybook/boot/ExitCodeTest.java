package dev.daybook.boot;

import static org.assertj.core.api.Assertions.assertThat;

import dev.daybook.boot.zookeeper.ZooKeeperRole;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.apache.zookeeper.CreateMode;
import org.apache.zookeeper.KeeperException;
import org.apache.zookeeper.ZooDefs;
import org.apache.zookeeper.ZooKeeper;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The exit codes of a bookie that cannot keep its place in the cluster. Source: bookie behaviour, section 2. */
class ExitCodeTest {
    private static final String REGISTRATION = "/ledgers/available/store-1";
    private static final int SESSION_MILLIS = 30_000;
    private static final long PATIENCE_NANOS = Duration.ofSeconds(60).toNanos();

    @TempDir
    Path folder;

    @TempDir
    Path zooKeeperFolder;

    private ZooKeeperRole server;
    private ZooKeeper somebodyElse;

    @BeforeEach
    void begin() throws Exception {
        server = ZooKeeperRole.start("127.0.0.1", 0, zooKeeperFolder);
        somebodyElse = new ZooKeeper("127.0.0.1:" + server.port(), SESSION_MILLIS, event -> {});
        try (Child init = Child.daybook(folder, Map.of(), "cluster", "init", "--metadata-uri", uri())) {
            assertThat(init.exitCode()).isZero();
        }
    }

    @AfterEach
    void end() throws Exception {
        somebodyElse.close();
        server.close();
    }

    @Test
    void aNameThatIsTakenEndsTheStartWith4() throws Exception {
        register();
        try (Child bookie = bookie()) {
            assertThat(bookie.exitCode()).isEqualTo(4);
            assertThat(bookie.firstLine()).isEmpty();
            assertThat(bookie.errors()).contains("daybook: The bookie store-1 could not be registered");
        }
    }

    /** The process sleeps longer than its session lives, and somebody takes its place. */
    @Test
    void aSessionThatCannotBeReplacedEndsItWith3() throws Exception {
        try (Child bookie = bookie()) {
            assertThat(bookie.firstLine()).startsWith("daybook bookie ready");
            signal("-STOP", bookie);
            awaitNoRegistration();
            register();
            signal("-CONT", bookie);
            assertThat(bookie.exitCode()).isEqualTo(3);
            assertThat(bookie.errors()).contains("lost its session with the metadata service");
        }
    }

    private String uri() {
        return "zk+longhierarchical://127.0.0.1:" + server.port() + "/ledgers";
    }

    private Child bookie() {
        return Child.daybook(
                folder,
                Map.of("DAYBOOK_BOOKIE_SESSIONTIMEOUT", "4s"),
                "bookie",
                "--metadata-uri",
                uri(),
                "--port",
                "0",
                "--data-dir",
                "data",
                "--bookie-id",
                "store-1",
                "--advertised-address",
                "127.0.0.1");
    }

    private void register() throws InterruptedException, KeeperException {
        somebodyElse.create(REGISTRATION, new byte[0], ZooDefs.Ids.OPEN_ACL_UNSAFE, CreateMode.EPHEMERAL);
    }

    private void awaitNoRegistration() throws InterruptedException, KeeperException {
        long deadline = System.nanoTime() + PATIENCE_NANOS;
        while (somebodyElse.exists(REGISTRATION, false) != null) {
            assertThat(System.nanoTime() - deadline)
                    .as("the session outlived its timeout")
                    .isNegative();
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(50));
        }
    }

    private static void signal(String signal, Child child) throws IOException, InterruptedException {
        Process kill = new ProcessBuilder("kill", signal, Long.toString(child.pid())).start();
        assertThat(kill.waitFor()).isZero();
    }
}
