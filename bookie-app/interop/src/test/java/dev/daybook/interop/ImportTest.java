package dev.daybook.interop;

import static org.assertj.core.api.Assertions.assertThat;

import dev.daybook.client.LedgerException;
import dev.daybook.protocol.wire.Generation;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Bookies of the peer are replaced where they stand, one for each of its storages: ledgers that are closed, open, fenced
 * and deleted, some in the entry logs, some only in the journal of a bookie that was killed.
 */
class ImportTest {
    private static final Duration MINUTE = Duration.ofMinutes(1);
    private static final int ENTRIES = 200;
    private static final int SIZE = 900;
    private static final String CREATE = "create 1 1 1 CRC32C pw";

    private final List<AutoCloseable> running = new ArrayList<>();

    @AfterEach
    void stop() throws Exception {
        for (int i = running.size() - 1; i >= 0; i--) {
            running.get(i).close();
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "org.apache.bookkeeper.bookie.InterleavedLedgerStorage",
                "org.apache.bookkeeper.bookie.SortedLedgerStorage",
                "org.apache.bookkeeper.bookie.storage.ldb.DbLedgerStorage"
            })
    void aBookieIsReplacedWhereItStands(String storage, @TempDir Path folder) throws IOException {
        Programs programs = new Programs(folder);
        int zooKeeperPort = Programs.freePort();
        running.add(programs.zooKeeper(zooKeeperPort));
        String uri = "zk+longhierarchical://127.0.0.1:" + zooKeeperPort + "/ledgers";
        ClusterSetUp.initialise(uri);
        int port = Programs.freePort();
        String settings = """
                ledgerStorageClass=%s
                dbStorage_writeCacheMaxSizeMb=16
                dbStorage_readAheadCacheMaxSizeMb=16
                zkTimeout=4000
                """.formatted(storage);

        ChildProcess first = programs.officialBookie(uri, port, settings);
        running.add(first);
        ClusterSetUp.awaitWritable(uri, 1, MINUTE);
        Written early = write(programs, uri);
        first.close(); // Flushes everything.
        ClusterSetUp.awaitGone(uri, MINUTE);
        ChildProcess second = programs.officialBookie(uri, port, settings);
        running.add(second);
        ClusterSetUp.awaitWritable(uri, 1, MINUTE);
        Written late = write(programs, uri);
        second.kill(); // What was written since lies in the journal.
        ClusterSetUp.awaitGone(uri, MINUTE);

        Path old = folder.resolve("official-" + port);
        List<String> before = fingerprint(old);
        importFolders(programs, uri, old, folder.resolve("bookie-" + port), "--dry-run");
        assertThat(folder.resolve("bookie-" + port)).doesNotExist();
        String report = importFolders(programs, uri, old, folder.resolve("bookie-" + port));
        assertThat(report).contains("entries not readable").contains("Start the new bookie as \"127.0.0.1:" + port);
        assertThat(fingerprint(old)).isEqualTo(before);
        verify(programs, folder.resolve("bookie-" + port));

        running.add(programs.bookie(uri, port));
        read(programs, uri, early);
        read(programs, uri, late);
        ChildProcess again = programs.officialBookie(uri, port, settings);
        running.add(again);
        assertThat(again.awaitExit(MINUTE)).isNotZero();
    }

    private record Written(long closed, long open, long fenced, long deleted) {}

    private Written write(Programs programs, String uri) {
        try (OfficialClient writer = programs.officialClient(uri, "v3");
                OfficialClient other = programs.officialClient(uri, "v2")) {
            long closed = ledger(writer);
            writer.ask("close " + closed);
            long open = ledger(writer);
            long fenced = ledger(writer);
            other.ask("read %d CRC32C pw recover".formatted(fenced));
            assertThat(writer.tell("add %d 1 10".formatted(fenced))).startsWith("error -101 ");
            long deleted = ledger(writer);
            writer.ask("close " + deleted);
            writer.ask("delete " + deleted);
            writer.kill(); // Leaves its open ledger open.
            return new Written(closed, open, fenced, deleted);
        }
    }

    private static long ledger(OfficialClient writer) {
        long ledger = Long.parseLong(writer.ask(CREATE));
        writer.ask("add %d %d %d".formatted(ledger, ENTRIES, SIZE));
        return ledger;
    }

    private String importFolders(Programs programs, String uri, Path from, Path to, String... more) {
        List<String> arguments = new ArrayList<>(List.of(
                "import",
                "--from-journal",
                from.resolve("journal").toString(),
                "--from-ledgers",
                from.resolve("ledgers").toString(),
                "--data-dir",
                to.toString(),
                "--metadata-uri",
                uri));
        arguments.addAll(List.of(more));
        try (ChildProcess tool = programs.storage(arguments.toArray(String[]::new))) {
            return tool.awaitOutput(MINUTE);
        }
    }

    private static void verify(Programs programs, Path folder) {
        try (ChildProcess tool = programs.storage("verify", "--data-dir", folder.toString())) {
            assertThat(tool.awaitOutput(MINUTE)).contains("Everything is there and undamaged.");
        }
    }

    private static void read(Programs programs, String uri, Written written) {
        String whole = Payloads.summary(ENTRIES, SIZE);
        try (OurClient ours = new OurClient(uri, Generation.V3);
                OfficialClient theirs = programs.officialClient(uri, "v3")) {
            assertThat(ours.read(written.closed(), false)).isEqualTo(whole);
            assertThat(theirs.ask("read %d CRC32C pw plain".formatted(written.closed())))
                    .isEqualTo(whole);
            assertThat(ours.read(written.fenced(), false)).isEqualTo(whole);
            // The last entry of a ledger whose writer died counts only once it was recovered.
            assertThat(ours.read(written.open(), false)).startsWith((ENTRIES - 2) + " ");
            assertThat(theirs.ask("read %d CRC32C pw recover".formatted(written.open())))
                    .isEqualTo(whole);
            assertThat(ours.read(written.open(), false)).isEqualTo(whole);
            assertThat(ours.openFailure(written.deleted())).isEqualTo(LedgerException.Reason.NO_SUCH_LEDGER);
        }
    }

    private static List<String> fingerprint(Path folder) throws IOException {
        List<String> lines = new ArrayList<>();
        try (var files = Files.walk(folder)) {
            for (Path file : files.sorted().toList()) {
                lines.add(file + " " + Files.size(file) + " " + Files.getLastModifiedTime(file));
            }
        }
        return lines;
    }
}
