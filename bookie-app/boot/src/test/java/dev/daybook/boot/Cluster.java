package dev.daybook.boot;

import dev.daybook.boot.zookeeper.ZooKeeperRole;
import dev.daybook.client.meta.MetadataAccess;
import dev.daybook.client.meta.MetadataStore;
import dev.daybook.client.meta.MetadataStore.CreateOutcome;
import dev.daybook.client.meta.MetadataStores;
import dev.daybook.client.meta.MetadataTimeouts;
import dev.daybook.client.meta.MetadataUri;
import dev.daybook.client.meta.RepairStore;
import dev.daybook.client.meta.RepairStore.AuditorTerm;
import dev.daybook.client.meta.RepairStore.ElectionListener;
import dev.daybook.metrics.BookieMetrics;
import dev.daybook.protocol.format.WorkerReport;
import dev.daybook.protocol.model.BookieId;
import dev.daybook.protocol.model.DigestType;
import dev.daybook.protocol.model.Fragment;
import dev.daybook.protocol.model.LedgerId;
import dev.daybook.protocol.model.LedgerMetadata;
import dev.daybook.protocol.model.LedgerMetadata.Credentials;
import dev.daybook.protocol.model.LedgerPassword;
import dev.daybook.protocol.model.Quorum;
import dev.daybook.server.BookieServer;
import dev.daybook.server.BookieServerConfig;
import dev.daybook.server.StartOutcome;
import dev.daybook.server.identity.BookieFolders;
import dev.daybook.server.identity.IdentityConfig;
import dev.daybook.server.net.NetConfig;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.springframework.util.FileSystemUtils;

/** ZooKeeper and bookies in this process, named {@code bookie-1} and so on, which serve the tests of a class. */
final class Cluster implements AfterAllCallback {
    private final List<BookieServer> bookies = new ArrayList<>();
    private final Path folder;
    private final ZooKeeperRole zooKeeper;

    private Cluster(Path folder) {
        this.folder = folder;
        this.zooKeeper = ZooKeeperRole.start("127.0.0.1", 0, folder.resolve("zookeeper"));
    }

    static Cluster ofBookies(int size) {
        Cluster cluster = new Cluster(temporaryFolder());
        for (int i = 1; i <= size; i++) {
            cluster.startBookie("bookie-" + i);
        }
        return cluster;
    }

    private static Path temporaryFolder() {
        try {
            return Files.createTempDirectory("daybook-cluster");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void afterAll(ExtensionContext tests) throws IOException {
        bookies.forEach(BookieServer::close);
        zooKeeper.close();
        FileSystemUtils.deleteRecursively(folder);
    }

    /** Runs a command with the address of this cluster. */
    Ran daybook(String input, String command) {
        return Ran.on(uri(), input, command);
    }

    private void startBookie(String name) {
        StartOutcome outcome = BookieServer.start(
                BookieServerConfig.of(
                        NetConfig.of("127.0.0.1", 0),
                        new IdentityConfig(Optional.of(name), Optional.of("127.0.0.1"), true),
                        BookieFolders.below(folder.resolve(name))),
                mayInitialise -> mayInitialise
                        ? MetadataStores.connectOrInitialise(access(uri()))
                        : MetadataStores.connect(access(uri())),
                BookieMetrics.NONE);
        bookies.add(((StartOutcome.Started) outcome).server());
    }

    private static MetadataAccess access(String uri) {
        return MetadataAccess.plain(
                MetadataUri.parse(uri),
                new MetadataTimeouts(Duration.ofSeconds(10), Duration.ofSeconds(10), Duration.ofSeconds(10)));
    }

    String uri() {
        return "zk+longhierarchical://127.0.0.1:" + zooKeeper.port() + "/ledgers";
    }

    /** Starts a bookie and stops it again, so that only its cookie is left. */
    void leaveCookieOf(String name) {
        startBookie(name);
        bookies.remove(bookies.size() - 1).close();
    }

    /** Marks a ledger as lacking the copies of a bookie. */
    static void mark(String uri, LedgerId ledger, BookieId missing) {
        try (MetadataStore store = session(uri)) {
            store.repairs().mark(ledger, Set.of(missing)).toCompletableFuture().join();
        }
    }

    /** A session of its own with the metadata service. */
    static MetadataStore session(String uri) {
        return MetadataStores.connect(access(uri));
    }

    /** Reports as a worker that waits with one ledger. */
    static void report(MetadataStore session, String worker, LedgerId ledger, String why) {
        session.repairs()
                .report(new WorkerReport(
                        "0815",
                        worker,
                        1,
                        2,
                        new WorkerReport.Pace(4, 0, 1_000),
                        new WorkerReport.Done(1, 2, 3, 4_000),
                        new TreeMap<>(Map.of("BACK_OFF", 1)),
                        new TreeMap<>(Map.of("NO_TARGET", 1)),
                        why,
                        List.of(new WorkerReport.Note(ledger, "BACK_OFF", true, why, 0))))
                .toCompletableFuture()
                .join();
    }

    /** Takes back every mark. */
    static void unmarkAll(MetadataStore session) {
        RepairStore repairs = session.repairs();
        repairs.marked(Optional.empty(), 1_000)
                .toCompletableFuture()
                .join()
                .forEach(marked -> repairs.findMark(marked.ledger())
                        .thenCompose(mark -> repairs.unmark(
                                marked.ledger(), mark.orElseThrow().version()))
                        .toCompletableFuture()
                        .join());
    }

    /** Creates records of ledgers without any entry, faster than ledgers themselves. */
    static void createRecords(String uri, int count) {
        LedgerMetadata record = LedgerMetadata.open(
                new Quorum(1, 1, 1),
                new Fragment(0, List.of(new BookieId("bookie-1"))),
                new Credentials(DigestType.CRC32C, LedgerPassword.EMPTY),
                Map.of(),
                1);
        try (MetadataStore store = session(uri)) {
            List<CompletableFuture<CreateOutcome>> created = new ArrayList<>();
            for (int i = 0; i < count; i++) {
                created.add(store.generateLedgerId()
                        .thenCompose(id -> store.create(id, record))
                        .toCompletableFuture());
            }
            created.forEach(CompletableFuture::join);
        }
    }

    /** Somebody who is elected once. */
    record Elected(CompletableFuture<AuditorTerm> term) implements ElectionListener {
        @Override
        public void elected(AuditorTerm begun) {
            term.complete(begun);
        }

        @Override
        public void ended() {}
    }
}
