package dev.daybook.client.meta.zookeeper;

import dev.daybook.client.meta.MetadataUri;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.apache.zookeeper.KeeperException;
import org.apache.zookeeper.ZooDefs;
import org.apache.zookeeper.ZooKeeper;
import org.apache.zookeeper.server.DataTree;
import org.apache.zookeeper.server.NIOServerCnxnFactory;
import org.apache.zookeeper.server.ZooKeeperServer;
import org.apache.zookeeper.server.persistence.FileTxnLog;

/** A ZooKeeper server in this process, on a port of its own and with short session time-outs. */
final class TestZooKeeper implements AutoCloseable {
    static final int TICK_MILLIS = 100;

    /** A server between start and stop. */
    private record Running(ZooKeeperServer server, NIOServerCnxnFactory connections) {}

    private final Path directory;
    private final int port;
    private Running running;

    TestZooKeeper() {
        System.setProperty("zookeeper.forceSync", "no");
        FileTxnLog.setPreallocSize(64 * 1024);
        try {
            directory = Files.createTempDirectory("daybook-zookeeper");
            running = start(directory, 0);
            port = running.connections().getLocalPort();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Running start(Path directory, int wantedPort) throws IOException {
        ZooKeeperServer server = new ZooKeeperServer(directory.toFile(), directory.toFile(), TICK_MILLIS);
        NIOServerCnxnFactory connections = new NIOServerCnxnFactory();
        connections.configure(new InetSocketAddress(InetAddress.getLoopbackAddress(), wantedPort), 200);
        try {
            connections.startup(server);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted while starting the server", e);
        }
        return new Running(server, connections);
    }

    int port() {
        return port;
    }

    MetadataUri uri(String type, String root) {
        return MetadataUri.parse("zk" + type + "://127.0.0.1:" + port + root);
    }

    /** Stops serving; sessions and nodes stay on disk. */
    void stop() {
        running.connections().shutdown();
        running.server().shutdown();
    }

    /** Serves again on the same port. */
    void startAgain() {
        try {
            running = start(directory, port);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Ends a session as if its client had been silent for too long. */
    void expire(long sessionId) {
        running.server().closeSession(sessionId);
    }

    /** Moves the counter of a node's sequential children forward, as many creations would. */
    void jumpCounter(String path, int next) throws KeeperException.NoNodeException {
        ZooKeeperServer server = running.server();
        server.getZKDatabase().getDataTree().setCversionPzxid(path, next, server.getZxid());
    }

    /** Ends all sessions, as when nobody could be heard for too long. */
    void expireAll() {
        List.copyOf(running.server().getZKDatabase().getSessions()).forEach(this::expire);
    }

    /** Puts an empty node into the tree with the directories it needs, without asking the service to do so. */
    void put(String root, String path) throws KeeperException.NoNodeException, KeeperException.NodeExistsException {
        DataTree tree = running.server().getZKDatabase().getDataTree();
        for (int slash = path.indexOf('/', 1); slash > 0; slash = path.indexOf('/', slash + 1)) {
            if (tree.getNode(root + path.substring(0, slash)) == null) {
                putNode(tree, root + path.substring(0, slash));
            }
        }
        putNode(tree, root + path);
    }

    private static void putNode(DataTree tree, String path)
            throws KeeperException.NoNodeException, KeeperException.NodeExistsException {
        tree.createNode(path, new byte[0], ZooDefs.Ids.OPEN_ACL_UNSAFE, 0, -1, tree.lastProcessedZxid, 0);
    }

    /** A plain client to look at nodes with. */
    Client client() {
        try {
            return new Client(new ZooKeeper("127.0.0.1:" + port, 10_000, event -> {}));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A client whose closing throws nothing. */
    record Client(ZooKeeper nodes) implements AutoCloseable {
        @Override
        public void close() {
            try {
                nodes.close();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
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
