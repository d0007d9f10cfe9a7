package dev.daybook.client.meta.zookeeper;

import java.util.concurrent.CompletableFuture;
import org.apache.zookeeper.CreateMode;
import org.apache.zookeeper.KeeperException.Code;
import org.apache.zookeeper.ZooDefs;

/**
 * The node in which a cluster keeps where its bookies stand. It lies outside the root, where other clients of the cluster
 * look for it.
 */
final class RackNode {
    static final String PATH = "/bookies";

    private final ZooKeeperSession session;

    RackNode(ZooKeeperSession session) {
        this.session = session;
    }

    /** Replaces what is there. */
    CompletableFuture<Void> store(byte[] json) {
        return session.<Boolean>call((zooKeeper, answer) -> zooKeeper.setData(
                        PATH,
                        json,
                        MetadataTree.ANY_VERSION,
                        (code, path, unused, stat) -> answer.accept(code, true),
                        null))
                .thenCompose(reply -> {
                    if (reply.ok()) {
                        return CompletableFuture.<Void>completedFuture(null);
                    }
                    if (reply.code() == Code.NONODE) {
                        return create(json);
                    }
                    throw session.failures().refused("store " + PATH, reply.code());
                });
    }

    private CompletableFuture<Void> create(byte[] json) {
        return session.<Boolean>call((zooKeeper, answer) -> zooKeeper.create(
                        PATH,
                        json,
                        ZooDefs.Ids.OPEN_ACL_UNSAFE,
                        CreateMode.PERSISTENT,
                        (code, path, unused, name) -> answer.accept(code, true),
                        null))
                .thenCompose(reply -> {
                    if (reply.ok()) {
                        return CompletableFuture.<Void>completedFuture(null);
                    }
                    if (reply.code() == Code.NODEEXISTS) {
                        return store(json);
                    }
                    throw session.failures().refused("store " + PATH, reply.code());
                });
    }
}
