package dev.daybook.boot.zookeeper;

import dev.daybook.boot.role.RoleRefused;
import dev.daybook.server.disk.FolderLock;
import java.io.IOException;
import java.net.BindException;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.apache.zookeeper.server.DatadirCleanupManager;
import org.apache.zookeeper.server.NIOServerCnxnFactory;
import org.apache.zookeeper.server.ServerCnxnFactory;
import org.apache.zookeeper.server.ZooKeeperServer;
import org.apache.zookeeper.server.persistence.FileTxnSnapLog;
import org.jspecify.annotations.Nullable;

/** One running ZooKeeper server. Every change is synced to disk before it is acknowledged. */
public final class ZooKeeperRole implements AutoCloseable {
    private static final int TICK_MILLIS = 2_000;
    private static final int CONNECTIONS_PER_ADDRESS_MAX = 1_000;
    private static final int SNAPSHOTS_KEPT = 3;
    private static final int PURGE_HOURS = 1;

    private final ServerCnxnFactory connections;
    private final ZooKeeperServer server;
    private final FileTxnSnapLog files;
    private final DatadirCleanupManager cleanup;
    private final FolderLock lock;

    private ZooKeeperRole(
            ServerCnxnFactory connections,
            ZooKeeperServer server,
            FileTxnSnapLog files,
            DatadirCleanupManager cleanup,
            FolderLock lock) {
        this.connections = connections;
        this.server = server;
        this.files = files;
        this.cleanup = cleanup;
        this.lock = lock;
    }

    /**
     * Returns when the server answers. A failure leaves nothing behind.
     *
     * @param listenHost address to bind
     * @param port 0 lets the operating system choose
     */
    public static ZooKeeperRole start(String listenHost, int port, Path dataFolder) {
        FolderLock lock = lock(dataFolder);
        ServerCnxnFactory connections = null;
        FileTxnSnapLog files = null;
        try {
            connections = new NIOServerCnxnFactory();
            connections.configure(new InetSocketAddress(listenHost, port), CONNECTIONS_PER_ADDRESS_MAX);
            files = new FileTxnSnapLog(dataFolder.toFile(), dataFolder.toFile());
            ZooKeeperServer server = new ZooKeeperServer(files, TICK_MILLIS, "");
            connections.startup(server);
            DatadirCleanupManager cleanup =
                    new DatadirCleanupManager(dataFolder.toFile(), dataFolder.toFile(), SNAPSHOTS_KEPT, PURGE_HOURS);
            cleanup.start();
            return new ZooKeeperRole(connections, server, files, cleanup, lock);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw abandon(connections, files, lock, "the start was interrupted", e);
        } catch (BindException e) {
            throw abandon(
                    connections,
                    files,
                    lock,
                    "ZooKeeper cannot listen on " + listenHost + ":" + port + " (" + e.getMessage()
                            + "); stop the process that uses the port, or choose another one with --port or"
                            + " --zookeeper-port",
                    e);
        } catch (IOException | RuntimeException e) {
            throw abandon(
                    connections,
                    files,
                    lock,
                    "ZooKeeper cannot use its data folder " + dataFolder + " (" + e.getMessage()
                            + "); correct --data-dir",
                    e);
        }
    }

    private static FolderLock lock(Path dataFolder) {
        try {
            Files.createDirectories(dataFolder);
            Optional<FolderLock> lock = FolderLock.tryLock(dataFolder);
            return lock.orElseThrow(() -> new RoleRefused(
                    RoleRefused.CONFIGURATION,
                    "The data folder " + dataFolder + " is in use by another running process; stop it, or give"
                            + " another folder with --data-dir."));
        } catch (IOException e) {
            throw new RoleRefused(
                    RoleRefused.CONFIGURATION,
                    "The data folder " + dataFolder + " cannot be written (" + e + "); correct --data-dir.",
                    e);
        }
    }

    private static RoleRefused abandon(
            @Nullable ServerCnxnFactory connections,
            @Nullable FileTxnSnapLog files,
            FolderLock lock,
            String sentence,
            Exception cause) {
        try {
            if (connections != null) {
                connections.shutdown();
            }
            if (files != null) {
                files.close();
            }
            lock.close();
        } catch (IOException e) {
            cause.addSuppressed(e);
        }
        return new RoleRefused(RoleRefused.CONFIGURATION, sentence + ".", cause);
    }

    /** The port that is bound, also when the one asked for was 0. */
    public int port() {
        return connections.getLocalPort();
    }

    @Override
    public void close() throws IOException {
        cleanup.shutdown();
        connections.shutdown();
        server.shutdown();
        files.close();
        lock.close();
    }
}
