package dev.daybook.client.meta.zookeeper;

import dev.daybook.client.LedgerException;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.apache.zookeeper.AddWatchMode;
import org.apache.zookeeper.CreateMode;
import org.apache.zookeeper.KeeperException.Code;
import org.apache.zookeeper.Op;
import org.apache.zookeeper.OpResult;
import org.apache.zookeeper.Watcher;
import org.apache.zookeeper.data.Stat;
import org.jspecify.annotations.Nullable;

/**
 * Operations on the nodes below a cluster's root. Paths are relative and begin with a slash; {@code ""} is the root.
 * Every node gets the open access list (metadata specification, section 3).
 */
final class MetadataTree {
    static final String LAYOUT = "/LAYOUT";
    static final String INSTANCE_ID = "/INSTANCEID";
    static final String AVAILABLE = "/available";
    static final String READ_ONLY = "/available/readonly";
    static final String COOKIES = "/cookies";
    static final String UNDER_REPLICATION = "/underreplication";

    /** Any data version will do. */
    static final int ANY_VERSION = -1;

    /** Orders names of digits by their number, also where one is longer. */
    private static final Comparator<String> BY_NUMBER =
            Comparator.comparingInt(String::length).thenComparing(Comparator.naturalOrder());

    private static final byte[] EMPTY = {};

    /** Bytes of a node with the store's bookkeeping about it. */
    record Node(byte[] bytes, Stat stat) {}

    private final ZooKeeperSession session;
    private final String root;

    MetadataTree(ZooKeeperSession session) {
        this.session = session;
        this.root = session.uri().root();
    }

    ZooKeeperSession session() {
        return session;
    }

    /** Creates a node; the reply carries the path with the number that a sequential mode appended. */
    CompletableFuture<Reply<String>> create(String path, byte[] bytes, CreateMode mode) {
        return session.call((zooKeeper, answer) -> zooKeeper.create(
                root + path,
                bytes,
                session.security().acl(),
                mode,
                (code, asked, unused, created) -> answer.accept(code, created),
                null));
    }

    CompletableFuture<Reply<Node>> get(String path) {
        return get(path, null);
    }

    /** Reads a node; the watcher fires once when it changes or goes. */
    CompletableFuture<Reply<Node>> get(String path, @Nullable Watcher watcher) {
        return session.call((zooKeeper, answer) -> zooKeeper.getData(
                root + path,
                watcher,
                (code, asked, unused, bytes, stat) ->
                        answer.accept(code, stat == null ? null : new Node(bytes == null ? EMPTY : bytes, stat)),
                null));
    }

    CompletableFuture<Reply<Stat>> exists(String path, @Nullable Watcher watcher) {
        return session.call((zooKeeper, answer) ->
                zooKeeper.exists(root + path, watcher, (code, asked, unused, stat) -> answer.accept(code, stat), null));
    }

    CompletableFuture<Boolean> exists(String path) {
        return exists(path, null).thenApply(reply -> {
            if (reply.ok() || reply.code() == Code.NONODE) {
                return reply.ok();
            }
            throw refused("look for", path, reply.code());
        });
    }

    /** Names of the children in ascending order. */
    CompletableFuture<Reply<List<String>>> children(String path, @Nullable Watcher watcher) {
        return session.call((zooKeeper, answer) -> zooKeeper.getChildren(
                root + path,
                watcher,
                (int code, String asked, Object unused, List<String> names) -> answer.accept(
                        code,
                        names == null ? null : names.stream().sorted(BY_NUMBER).toList()),
                null));
    }

    /** Names of the children in ascending order, none if the node does not exist. */
    CompletableFuture<List<String>> childrenOrNone(String path) {
        return children(path, null).thenApply(reply -> {
            if (reply.ok()) {
                return reply.get();
            }
            if (reply.code() == Code.NONODE) {
                return List.of();
            }
            throw refused("list", path, reply.code());
        });
    }

    /** The node, or empty if it does not exist. */
    CompletableFuture<Optional<Node>> find(String path) {
        return get(path).thenApply(reply -> {
            if (reply.ok()) {
                return Optional.of(reply.get());
            }
            if (reply.code() == Code.NONODE) {
                return Optional.empty();
            }
            throw refused("read", path, reply.code());
        });
    }

    CompletableFuture<Reply<Stat>> set(String path, byte[] bytes, int expectedVersion) {
        return session.call((zooKeeper, answer) -> zooKeeper.setData(
                root + path, bytes, expectedVersion, (code, asked, unused, stat) -> answer.accept(code, stat), null));
    }

    /** Deletes a node; the reply carries its path. */
    CompletableFuture<Reply<String>> delete(String path, int expectedVersion) {
        return session.call((zooKeeper, answer) -> zooKeeper.delete(
                root + path, expectedVersion, (code, asked, unused) -> answer.accept(code, asked), null));
    }

    /** Deletes a node whatever its version; a missing one counts as deleted. */
    CompletableFuture<Void> deleteAny(String path) {
        return delete(path, ANY_VERSION).thenAccept(reply -> {
            if (!reply.ok() && reply.code() != Code.NONODE) {
                throw refused("delete", path, reply.code());
            }
        });
    }

    /** Whether an ephemeral node goes with the present session. */
    boolean isOurs(Stat stat) {
        long owner = stat.getEphemeralOwner();
        return owner != 0 && owner == session.zooKeeper().getSessionId();
    }

    /** Watches a node, which need not exist, and all nodes below it, until the session ends; the reply is its path. */
    CompletableFuture<Reply<String>> watchSubtree(String path, Watcher watcher) {
        return session.call((zooKeeper, answer) -> zooKeeper.addWatch(
                root + path,
                watcher,
                AddWatchMode.PERSISTENT_RECURSIVE,
                (code, asked, unused) -> answer.accept(code, asked),
                null));
    }

    /** Drops a watch that nobody waits for; the service keeps it until it fires once. */
    void forget(String path, Watcher watcher) {
        session.zooKeeper()
                .removeWatches(root + path, watcher, Watcher.WatcherType.Any, true, (code, asked, unused) -> {}, null);
    }

    /** Lets later reads see everything that was written before this call, by whomever. */
    CompletableFuture<Reply<String>> sync() {
        return session.call(
                (zooKeeper, answer) -> zooKeeper.sync(root, (code, asked, unused) -> answer.accept(code, asked), null));
    }

    /** Creates several persistent nodes or none. */
    CompletableFuture<Reply<List<OpResult>>> createAll(List<NewNode> nodes) {
        return commit(
                nodes.stream().map(node -> opCreate(node.path(), node.bytes())).toList());
    }

    /** Part of a commit: creates a persistent node. */
    Op opCreate(String path, byte[] bytes) {
        return Op.create(root + path, bytes, session.security().acl(), CreateMode.PERSISTENT);
    }

    Op opSet(String path, byte[] bytes, int expectedVersion) {
        return Op.setData(root + path, bytes, expectedVersion);
    }

    Op opDelete(String path, int expectedVersion) {
        return Op.delete(root + path, expectedVersion);
    }

    /** Part of a commit: fails it unless the node exists. */
    Op opCheck(String path) {
        return Op.check(root + path, ANY_VERSION);
    }

    /** Does all of the operations or none; the code is that of the first one that failed. */
    CompletableFuture<Reply<List<OpResult>>> commit(List<Op> operations) {
        return session.call((zooKeeper, answer) ->
                zooKeeper.multi(operations, (code, asked, unused, results) -> answer.accept(code, results), null));
    }

    /** A persistent node to create. */
    record NewNode(String path, byte[] bytes) {
        static NewNode empty(String path) {
            return new NewNode(path, EMPTY);
        }
    }

    /** Makes sure that an empty persistent node exists, with the nodes above it up to the root, which must exist. */
    CompletableFuture<Void> ensure(String path) {
        return create(path, EMPTY, CreateMode.PERSISTENT).thenCompose(reply -> {
            if (reply.ok() || reply.code() == Code.NODEEXISTS) {
                return CompletableFuture.completedFuture(null);
            }
            if (reply.code() == Code.NONODE && !parentOf(path).isEmpty()) {
                return ensure(parentOf(path)).thenCompose(parentExists -> ensure(path));
            }
            throw refused("create", path, reply.code());
        });
    }

    /** Creates an empty persistent node given by its full path, unless it exists. */
    CompletableFuture<Reply<String>> createAbsolute(String fullPath) {
        return session.call((zooKeeper, answer) -> zooKeeper.create(
                fullPath,
                EMPTY,
                session.security().acl(),
                CreateMode.PERSISTENT,
                (code, asked, unused, created) -> answer.accept(code, created),
                null));
    }

    /** A version to expect. A negative one would mean any version, so it becomes one that no node has. */
    static int expected(long version) {
        return version < 0 || version > Integer.MAX_VALUE ? Integer.MAX_VALUE : (int) version;
    }

    static String parentOf(String path) {
        return path.substring(0, path.lastIndexOf('/'));
    }

    static String nameOf(String path) {
        return path.substring(path.lastIndexOf('/') + 1);
    }

    /** The failure of an operation that the service answered in a way nobody foresaw. */
    LedgerException refused(String verb, String path, Code code) {
        return session.failures().refused(verb + " " + root + path, code);
    }
}
