package dev.daybook.client.meta.zookeeper;

import dev.daybook.client.meta.MetadataUri;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.stream.Stream;
import org.apache.zookeeper.ZooKeeper;
import org.apache.zookeeper.server.NIOServerCnxnFactory;
import org.apache.zookeeper.server.ZooKeeperServer;
import org.apache.zookeeper.server.persistence.FileTxnLog;

/** A ZooKeeper server in this process, on a port of its own and with short session time-outs. */
final class TestZooKeeper implements AutoCloseable {
    static final int TICK_MILLIS = 100;

    private final Path directory;
    private final int port;
    private NIOServerCnxnFactory connections;
    private ZooKeeperServer server;

    TestZooKeeper() {
        System.setProperty("zookeeper.forceSync", "no");
        FileTxnLog.setPreallocSize(64 * 1024);
        try {
            directory = Files.createTempDirectory("daybook-zookeeper");
            start(0);
            port = connections.getLocalPort();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void start(int wantedPort) throws IOException {
        server = new ZooKeeperServer(directory.toFile(), directory.toFile(), TICK_MILLIS);
        connections = new NIOServerCnxnFactory();
        connections.configure(new InetSocketAddress(InetAddress.getLoopbackAddress(), wantedPort), 200);
        try {
            connections.startup(server);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted while starting the server", e);
        }
    }

    int port() {
        return port;
    }

    MetadataUri uri(String type, String root) {
        return MetadataUri.parse("zk" + type + "://127.0.0.1:" + port + root);
    }

    /** Stops serving; sessions and nodes stay on disk. */
    void stop() {
        connections.shutdown();
        server.shutdown();
    }

    /** Serves again on the same port. */
    void startAgain() {
        try {
            start(port);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Ends a session as if its client had been silent for too long. */
    void expire(long sessionId) {
        server.closeSession(sessionId);
    }

    /** A plain client to look at nodes with. */
    ZooKeeper client() {
        try {
            return new ZooKeeper("127.0.0.1:" + port, 10_000, event -> {});
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        stop();
        try (Stream<Path> files = Files.walk(directory)) {
            files.sorted(Comparator.reverseOrder())
                    .forEach(file -> file.toFile().delete());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
