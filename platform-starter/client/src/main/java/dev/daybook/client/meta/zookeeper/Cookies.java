package dev.daybook.client.meta.zookeeper;

import dev.daybook.protocol.model.BookieId;
import dev.daybook.protocol.model.Versioned;
import java.util.Arrays;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.apache.zookeeper.CreateMode;
import org.apache.zookeeper.KeeperException.Code;

/**
 * The cookies of a cluster. When an answer was lost, the stored bytes tell whether the operation had taken effect.
 * Source: metadata specification, section 8.
 */
final class Cookies {
    private final MetadataTree tree;

    Cookies(MetadataTree tree) {
        this.tree = tree;
    }

    CompletableFuture<Optional<Versioned<byte[]>>> read(BookieId bookie) {
        return tree.find(path(bookie))
                .thenApply(found -> found.map(
                        node -> new Versioned<>(node.bytes(), node.stat().getVersion())));
    }

    CompletableFuture<Boolean> create(BookieId bookie, byte[] cookie) {
        return tree.create(path(bookie), cookie, CreateMode.PERSISTENT).thenCompose(reply -> {
            if (reply.ok()) {
                return CompletableFuture.completedFuture(true);
            }
            if (reply.code() == Code.NODEEXISTS) {
                return reply.repeated() ? stored(bookie, cookie) : CompletableFuture.completedFuture(false);
            }
            if (reply.code() == Code.NONODE) {
                return tree.ensure(MetadataTree.COOKIES).thenCompose(done -> create(bookie, cookie));
            }
            throw tree.refused("create", path(bookie), reply.code());
        });
    }

    private CompletableFuture<Boolean> stored(BookieId bookie, byte[] cookie) {
        return read(bookie)
                .thenApply(
                        found -> found.isPresent() && Arrays.equals(found.get().value(), cookie));
    }

    CompletableFuture<Boolean> update(BookieId bookie, byte[] cookie, long expectedVersion) {
        return tree.set(path(bookie), cookie, MetadataTree.expected(expectedVersion))
                .thenCompose(reply -> {
                    if (reply.ok() || reply.code() == Code.NONODE) {
                        return CompletableFuture.completedFuture(reply.ok());
                    }
                    if (reply.code() == Code.BADVERSION) {
                        return reply.repeated() ? stored(bookie, cookie) : CompletableFuture.completedFuture(false);
                    }
                    throw tree.refused("write", path(bookie), reply.code());
                });
    }

    CompletableFuture<Boolean> delete(BookieId bookie, long expectedVersion) {
        return tree.delete(path(bookie), MetadataTree.expected(expectedVersion)).thenApply(reply -> {
            if (reply.ok() || reply.code() == Code.BADVERSION) {
                return reply.ok();
            }
            if (reply.code() == Code.NONODE) {
                return reply.repeated();
            }
            throw tree.refused("delete", path(bookie), reply.code());
        });
    }

    private static String path(BookieId bookie) {
        return MetadataTree.COOKIES + "/" + bookie;
    }
}
