package dev.daybook.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.daybook.client.LedgerException;
import dev.daybook.client.meta.BookieRecord;
import dev.daybook.client.meta.memory.InMemoryMetadataStore;
import dev.daybook.server.BookieServerConfig.DiskCheck;
import dev.daybook.server.disk.DiskThresholds;
import dev.daybook.server.net.Eventually;
import dev.daybook.server.net.Peer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BookieServerTest {
    /** The v2 add of entry 0 of ledger 80 with the key of the password "secret". */
    private static final String ADD = "0000003d02010000e793cbc379107648537183605cd361d3bb789a39"
            + "00000000000000500000000000000000ffffffffffffffff000000000000000568656c6c6f";

    private static final String READ = "00000014020200000000000000000050" + "0000000000000000";

    @TempDir
    Path folder;

    private final InMemoryMetadataStore cluster = new InMemoryMetadataStore();

    @Test
    void registersServesAndKeepsEntriesAcrossACleanStop() throws IOException {
        BookieServerConfig config = TestBookies.config(folder, "b1", 0);
        try (BookieServer bookie = TestBookies.started(config, cluster);
                Peer peer = new Peer(bookie.port())) {
            assertThat(states()).containsExactly(BookieRecord.State.WRITABLE);
            peer.send(ADD);
            assertThat(peer.receive().orElseThrow()).contains("0000000000000050");
        }
        assertThat(states()).containsExactly(BookieRecord.State.DOWN);
        try (BookieServer bookie = TestBookies.started(config, cluster);
                Peer peer = new Peer(bookie.port())) {
            peer.send(READ);
            assertThat(peer.receive().orElseThrow()).endsWith("68656c6c6f");
            assertThat(bookie.usage().ledgers()).isEqualTo(1);
        }
    }

    @Test
    void aPortInUseIsNamedAndNothingIsWritten() throws IOException {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            BookieExit exit = TestBookies.refused(
                    TestBookies.config(folder, "b1", taken.getLocalPort()), again -> cluster.another());
            assertThat(exit.code()).isEqualTo(ExitCode.START_REFUSED);
            assertThat(exit.sentence()).contains(":" + taken.getLocalPort(), "--port");
        }
        assertThat(folder).isEmptyDirectory();
    }

    @Test
    void anUnreachableMetadataServiceLeavesThePortAndTheFolderFree() throws IOException {
        BookieServerConfig config = TestBookies.config(folder, "b1", 0);
        BookieExit exit = TestBookies.refused(config, again -> {
            throw new LedgerException(LedgerException.Reason.METADATA_UNAVAILABLE, "Nobody answers at zk1:2181.");
        });
        assertThat(exit).isEqualTo(new BookieExit(ExitCode.START_REFUSED, "Nobody answers at zk1:2181."));
        TestBookies.started(config, cluster).close();
    }

    @Test
    void aFolderInUseIsRefused() {
        try (BookieServer first = TestBookies.started(TestBookies.config(folder, "b1", 0), cluster)) {
            assertThat(first.isRunning()).isTrue();
            BookieExit exit = TestBookies.refused(TestBookies.config(folder, "b1", 0), again -> cluster.another());
            assertThat(exit.code()).isEqualTo(ExitCode.START_REFUSED);
            assertThat(exit.sentence()).contains(folder.toString(), "in use");
        }
    }

    @Test
    void aFolderOfAnotherBookieIsRefused() {
        TestBookies.started(TestBookies.config(folder, "b1", 0), cluster).close();
        BookieExit exit = TestBookies.refused(TestBookies.config(folder, "b2", 0), again -> cluster.another());
        assertThat(exit.code()).isEqualTo(ExitCode.START_REFUSED);
        assertThat(exit.sentence()).contains("belongs to the bookie \"b1\", not to \"b2\"");
    }

    @Test
    void onlyABookieWithoutDataMayCreateTheCluster() throws IOException {
        BookieServerConfig config = TestBookies.config(folder, "b1", 0);
        List<Boolean> asked = new ArrayList<>();
        MetadataConnector connector = mayInitialise -> {
            asked.add(mayInitialise);
            throw new LedgerException(LedgerException.Reason.METADATA_UNAVAILABLE, "Not today.");
        };
        TestBookies.refused(config, connector);
        TestBookies.started(config, cluster).close();
        TestBookies.refused(config, connector);
        assertThat(asked).containsExactly(true, false);
        assertThat(Files.exists(folder.resolve("journal/current/VERSION"))).isTrue();
    }

    @Test
    void aFullDiskMakesItReadOnlyFromTheStart() throws IOException {
        BookieServerConfig plain = TestBookies.config(folder, "b1", 0);
        DiskThresholds nothingFits = new DiskThresholds(1e-9, 1e-9, 1e-9);
        BookieServerConfig config = plain.withDisks(new DiskCheck(nothingFits, Duration.ofSeconds(10), Long.MAX_VALUE));
        try (BookieServer bookie = TestBookies.started(config, cluster);
                Peer peer = new Peer(bookie.port())) {
            assertThat(bookie.isReadOnly()).isTrue();
            assertThat(states()).containsExactly(BookieRecord.State.READ_ONLY);
            peer.send(ADD);
            assertThat(peer.receive().orElseThrow()).startsWith("000000180201000000000069");
        }
    }

    @Test
    void aFolderThatIsGoneEndsIt() throws IOException {
        DiskCheck often = new DiskCheck(DiskThresholds.DEFAULT, Duration.ofMillis(20), 0);
        BookieServer bookie =
                TestBookies.started(TestBookies.config(folder, "b1", 0).withDisks(often), cluster);
        Path ledgers = folder.resolve("ledgers");
        Files.move(ledgers, folder.resolve("unmounted"));
        BookieExit exit = bookie.ended().toCompletableFuture().join();
        assertThat(exit.code()).isEqualTo(ExitCode.STORAGE_FAILED);
        assertThat(exit.sentence()).contains(ledgers.toString(), "cannot be read");
        assertThat(states()).containsExactly(BookieRecord.State.DOWN);
    }

    @Test
    void tellsWhenItHasEnded() {
        BookieServer bookie = TestBookies.started(TestBookies.config(folder, "b1", 0), cluster);
        assertThat(bookie.ended().toCompletableFuture()).isNotDone();
        bookie.close();
        bookie.close();
        Eventually.holds("ended", () -> bookie.ended().toCompletableFuture().isDone());
        assertThat(bookie.ended().toCompletableFuture().join().code()).isEqualTo(ExitCode.OK);
        assertThat(bookie.isRunning()).isFalse();
    }

    private List<BookieRecord.State> states() {
        return cluster.bookieRecords().toCompletableFuture().join().stream()
                .map(BookieRecord::state)
                .toList();
    }
}
