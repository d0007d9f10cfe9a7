package dev.daybook.boot;

import dev.daybook.boot.zookeeper.ZooKeeperRole;
import dev.daybook.client.meta.MetadataAccess;
import dev.daybook.client.meta.MetadataStores;
import dev.daybook.client.meta.MetadataTimeouts;
import dev.daybook.client.meta.MetadataUri;
import dev.daybook.metrics.BookieMetrics;
import dev.daybook.server.BookieServer;
import dev.daybook.server.BookieServerConfig;
import dev.daybook.server.StartOutcome;
import dev.daybook.server.identity.BookieFolders;
import dev.daybook.server.identity.IdentityConfig;
import dev.daybook.server.net.NetConfig;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** ZooKeeper and bookies in this process, named {@code bookie-1} and so on. */
final class Cluster implements AutoCloseable {
    private final ZooKeeperRole zooKeeper;
    private final List<BookieServer> bookies = new ArrayList<>();
    private final Path folder;

    private Cluster(Path folder, ZooKeeperRole zooKeeper) {
        this.folder = folder;
        this.zooKeeper = zooKeeper;
    }

    static Cluster start(Path folder, int bookies) {
        Cluster cluster = new Cluster(folder, ZooKeeperRole.start("127.0.0.1", 0, folder.resolve("zookeeper")));
        for (int i = 1; i <= bookies; i++) {
            cluster.startBookie("bookie-" + i);
        }
        return cluster;
    }

    private void startBookie(String name) {
        StartOutcome outcome = BookieServer.start(
                BookieServerConfig.of(
                        NetConfig.of("127.0.0.1", 0),
                        new IdentityConfig(Optional.of(name), Optional.of("127.0.0.1"), true),
                        BookieFolders.below(folder.resolve(name))),
                mayInitialise ->
                        mayInitialise ? MetadataStores.connectOrInitialise(access()) : MetadataStores.connect(access()),
                BookieMetrics.NONE);
        bookies.add(((StartOutcome.Started) outcome).server());
    }

    private MetadataAccess access() {
        return MetadataAccess.plain(
                MetadataUri.parse(uri()),
                new MetadataTimeouts(Duration.ofSeconds(10), Duration.ofSeconds(10), Duration.ofSeconds(10)));
    }

    String uri() {
        return "zk+longhierarchical://127.0.0.1:" + zooKeeper.port() + "/ledgers";
    }

    /** Stops the bookie that was started last. */
    void stopLastBookie() {
        bookies.remove(bookies.size() - 1).close();
    }

    @Override
    public void close() throws IOException {
        bookies.forEach(BookieServer::close);
        zooKeeper.close();
    }
}
