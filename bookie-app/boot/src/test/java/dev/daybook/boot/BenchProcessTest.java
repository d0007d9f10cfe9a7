package dev.daybook.boot;

import static org.assertj.core.api.Assertions.assertThat;

import dev.daybook.boot.zookeeper.ZooKeeperRole;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** {@code daybook bench} against a bookie of this build, short enough to show only that it measures at all. */
class BenchProcessTest {
    private static final int ENTRIES = 300;

    @TempDir
    Path folder;

    @Test
    void writesKeepsAndReadsInEveryOrder() throws Exception {
        try (ZooKeeperRole zooKeeper = ZooKeeperRole.start("127.0.0.1", 0, folder.resolve("zookeeper"))) {
            String uri = "zk+longhierarchical://127.0.0.1:" + zooKeeper.port() + "/ledgers";
            try (Child bookie = Child.daybook(
                    folder,
                    Map.of(),
                    "bookie",
                    "--metadata-uri",
                    uri,
                    "--port",
                    "0",
                    "--data-dir",
                    "data",
                    "--advertised-address",
                    "127.0.0.1")) {
                assertThat(bookie.firstLine()).contains("ready");
                JsonNode written = bench(
                        uri, "write --size 100 --ledgers 3 --warmup 0 --keep --ledgers-file ids --entries " + ENTRIES);
                assertThat(written.get("entries").asInt()).isEqualTo(ENTRIES);
                assertThat(written.get("payloadBytes").asInt()).isEqualTo(ENTRIES * 100);
                assertThat(Files.readAllLines(folder.resolve("ids"))).hasSize(3);

                JsonNode once = bench(uri, "read --v2 --ledgers-file ids --order once --batch 30 --outstanding 2");
                assertThat(once.get("entries").asInt()).isEqualTo(ENTRIES);
                JsonNode random = bench(uri, "read --ledgers-file ids --order random --batch 1 --seconds 1 --warmup 0");
                assertThat(random.get("entries").asInt()).isPositive();
                JsonNode sequential = bench(uri, "read --entries 100 --size 10 --seconds 1 --warmup 0");
                assertThat(sequential.get("entries").asInt()).isPositive();
                JsonNode paced = bench(uri, "write --rate 100 --payload zeros --seconds 1 --warmup 0");
                assertThat(paced.get("entries").asInt()).isPositive();
            }
        }
    }

    private JsonNode bench(String uri, String arguments) throws Exception {
        List<String> all = new ArrayList<>(List.of("bench"));
        all.addAll(List.of(arguments.split(" ", -1)));
        all.addAll(List.of("--uri", uri, "--json", "result.json"));
        all.addAll(List.of("--ensemble", "1", "--write-quorum", "1", "--ack-quorum", "1"));
        try (Child child = Child.daybook(folder, Map.of(), all.toArray(String[]::new))) {
            assertThat(child.exitCode()).isZero();
        }
        return JsonMapper.shared().readTree(Files.readString(folder.resolve("result.json")));
    }
}
