package dev.daybook.boot;

import static org.assertj.core.api.Assertions.assertThat;

import dev.daybook.boot.bookie.BookieApplication;
import dev.daybook.boot.zookeeper.ZooKeeperRole;
import dev.daybook.client.security.Certificates;
import dev.daybook.console.ConsoleApplication;
import dev.daybook.console.cluster.BookieFacts;
import dev.daybook.console.cluster.ClusterSnapshot;
import dev.daybook.console.cluster.ClusterWatch;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.context.ConfigurableApplicationContext;

/** Tools of operators before a bookie that speaks TLS only and lets in only whom it knows. */
class SecuredClusterTest {
    private static final String ALONE = " --ensemble 1 --write-quorum 1 --ack-quorum 1";

    @TempDir
    static Path folder;

    private static ZooKeeperRole zooKeeper;
    private static ConfigurableApplicationContext bookie;
    private static String uri;
    private static Map<String, String> welcome;
    private static Path clientFile;

    @BeforeAll
    static void startBookie() throws IOException {
        Certificates certificates = Certificates.make(folder, "bookie", "ip:127.0.0.1");
        Path users = Files.writeString(folder.resolve("users"), "operator=sesame\n");
        zooKeeper = ZooKeeperRole.start("127.0.0.1", 0, folder.resolve("zookeeper"));
        uri = "zk+longhierarchical://127.0.0.1:" + zooKeeper.port() + "/ledgers";
        bookie = BookieApplication.start(List.of(
                "--daybook.metadata-uri=" + uri,
                "--daybook.bookie.port=0",
                "--daybook.bookie.id=bookie-1",
                "--daybook.bookie.advertised-address=127.0.0.1",
                "--daybook.bookie.data-dir=" + folder.resolve("data"),
                "--daybook.bookie.tls.certificate=" + certificates.certificate(),
                "--daybook.bookie.tls.private-key=" + certificates.key(),
                "--daybook.bookie.auth.users-file=" + users));
        welcome = Map.of(
                "daybook.metadata-uri", uri,
                "daybook.tls.trusted-certificates", certificates.certificate().toString(),
                "daybook.tls.reload-interval", "1s",
                "daybook.auth.username", "operator",
                "daybook.auth.password", "sesame");
        List<String> lines = welcome.entrySet().stream()
                .map(entry -> entry.getKey() + "=" + entry.getValue())
                .toList();
        clientFile = Files.write(folder.resolve("client.properties"), lines);
    }

    @AfterAll
    static void stopBookie() throws IOException {
        bookie.close();
        zooKeeper.close();
    }

    private static Ran daybook(String input, String command) {
        return Ran.daybook(input, (command + " --client-file " + clientFile).split(" "));
    }

    @Test
    void commandsAndBenchmarksComeInWithTheClientFile() {
        String ledger = daybook("one\ntwo\n", "ledger write --json" + ALONE)
                .json()
                .get(0)
                .get("ledger")
                .asString();
        assertThat(daybook("", "ledger read " + ledger).out()).isEqualTo("0  one\n1  two\n");
        Ran bench = daybook("", "bench write --seconds 1 --warmup 0 --outstanding 10 --size 100" + ALONE);
        assertThat(bench.code()).as(bench.err()).isZero();
        assertThat(bench.out().lines()).anyMatch(line -> line.startsWith("entries/s"));
    }

    @Test
    void whoHasNoFileStaysOutside() {
        Ran stranger = Ran.daybook("one\n", ("ledger write --metadata-uri " + uri + ALONE).split(" "));
        assertThat(stranger.code()).isNotZero();
        assertThat(stranger.out()).isEmpty();
    }

    @Test
    void theConsoleLearnsAboutTheBookieOnlyIfItMayComeIn() {
        assertThat(lookAround(welcome).disk().current()).isTrue();
        assertThat(lookAround(Map.of("daybook.metadata-uri", uri)).disk().current())
                .isFalse();
    }

    private static BookieFacts lookAround(Map<String, String> connection) {
        Map<String, String> properties = new LinkedHashMap<>(connection);
        properties.put("server.port", "0");
        properties.put("daybook.console.password", "a lamp in the dark");
        properties.put("daybook.console.poll-interval", "1h");
        try (ConfigurableApplicationContext console = ConsoleApplication.start(properties)) {
            ClusterWatch watch = console.getBean(ClusterWatch.class);
            watch.look();
            ClusterSnapshot seen = watch.current();
            assertThat(seen.metadataProblem()).isEmpty();
            return seen.knownBookies().get(0);
        }
    }
}
