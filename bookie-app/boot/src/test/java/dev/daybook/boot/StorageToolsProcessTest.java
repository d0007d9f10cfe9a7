package dev.daybook.boot;

import static org.assertj.core.api.Assertions.assertThat;

import dev.daybook.boot.zookeeper.ZooKeeperRole;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The offline tools as operators meet them, on the folder of a bookie that ran. */
class StorageToolsProcessTest {
    private static final String[] DATA = {"--data-dir", "data"};

    @TempDir
    static Path zooKeeperFolder;

    private static ZooKeeperRole zooKeeper;

    @TempDir
    Path folder;

    @BeforeAll
    static void startZooKeeper() {
        zooKeeper = ZooKeeperRole.start("127.0.0.1", 0, zooKeeperFolder);
    }

    @AfterAll
    static void stopZooKeeper() throws IOException {
        zooKeeper.close();
    }

    @Test
    void theFolderOfABookie() throws Exception {
        try (Child bookie = Child.daybook(
                folder,
                Map.of(),
                "bookie",
                "--metadata-uri",
                "zk+longhierarchical://127.0.0.1:" + zooKeeper.port() + "/ledgers",
                "--port",
                "0",
                "--data-dir",
                "data",
                "--advertised-address",
                "127.0.0.1")) {
            assertThat(bookie.firstLine()).as(bookie.errors()).startsWith("daybook bookie ready");
            fails(2, "is in use by a running bookie", "inspect", "checkpoint");
            fails(2, "is in use by", "rebuild-index");
            bookie.terminate();
            assertThat(bookie.exitCode()).isEqualTo(143);
        }
        assertThat(succeeds("inspect", "checkpoint")).anyMatch(line -> line.contains("directory 0 of 1"));
        assertThat(succeeds("inspect", "cookie", "--json"))
                .allMatch(line -> line.startsWith("{\"type\":\"summary\",\"folder\":"));
        assertThat(succeeds("inspect", "journal", "--records")).anyMatch(line -> line.contains(".journal"));
        assertThat(succeeds("verify")).last().isEqualTo("Everything is there and undamaged.");
        assertThat(String.join("", succeeds("rebuild-index", "--dry-run", "--json")))
                .contains("\"dryRun\" : true");

        Path checkpoint = folder.resolve("data/ledgers/current/checkpoint");
        byte[] bytes = Files.readAllBytes(checkpoint);
        bytes[30] ^= 1;
        Files.write(checkpoint, bytes, StandardOpenOption.TRUNCATE_EXISTING);
        try (Child tool = tool("verify")) {
            assertThat(tool.exitCode()).isEqualTo(5);
            assertThat(tool.remainingLines())
                    .anyMatch(line -> line.startsWith("DAMAGED: ") && line.contains("checkpoint"));
        }
        fails(5, "checkpoint", "rebuild-index");
    }

    @Test
    void wrongSurroundings() throws Exception {
        fails(2, "There is no directory", "verify");
        fails(2, "'letters' is none of journal, entry-log, index", "inspect", "letters");
        try (Child tool = Child.daybook(
                folder,
                Map.of(),
                "storage",
                "import",
                "--from-journal",
                "old/journal",
                "--from-ledgers",
                "old/ledgers",
                "--data-dir",
                "data")) {
            refused(tool, 2, "There is no folder");
        }
        assertThat(folder.resolve("data")).doesNotExist();
    }

    private Child tool(String... words) {
        String[] all = new String[1 + words.length + DATA.length];
        all[0] = "storage";
        System.arraycopy(words, 0, all, 1, words.length);
        System.arraycopy(DATA, 0, all, 1 + words.length, DATA.length);
        return Child.daybook(folder, Map.of(), all);
    }

    private List<String> succeeds(String... words) throws Exception {
        try (Child tool = tool(words)) {
            List<String> lines = tool.remainingLines();
            assertThat(tool.exitCode()).as(tool.errors()).isZero();
            return lines;
        }
    }

    private void fails(int code, String part, String... words) throws Exception {
        try (Child tool = tool(words)) {
            refused(tool, code, part);
        }
    }

    private static void refused(Child tool, int code, String part) throws Exception {
        assertThat(tool.exitCode()).as(tool.errors()).isEqualTo(code);
        assertThat(tool.errors().lines())
                .hasSize(1)
                .allSatisfy(line ->
                        assertThat(line).startsWith("daybook: ").endsWith(".").contains(part));
    }
}
