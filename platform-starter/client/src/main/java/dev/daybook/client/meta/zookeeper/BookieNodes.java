package dev.daybook.client.meta.zookeeper;

import dev.daybook.client.meta.session.RegistrationPlaces;
import dev.daybook.client.meta.session.Stages;
import dev.daybook.protocol.model.BookieId;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import org.apache.zookeeper.CreateMode;
import org.apache.zookeeper.KeeperException.Code;

/** The ephemeral nodes of one bookie. Source: metadata specification, section 7. */
final class BookieNodes implements RegistrationPlaces {
    private final MetadataTree tree;
    private final ZooKeeperSession session;
    private final BookieId bookie;

    BookieNodes(MetadataTree tree, BookieId bookie) {
        this.tree = tree;
        this.session = tree.session();
        this.bookie = bookie;
    }

    @Override
    public CompletableFuture<Boolean> take(boolean readOnly, byte[] service) {
        String path = path(readOnly);
        return tree.create(path, service, CreateMode.EPHEMERAL).thenCompose(reply -> {
            if (reply.ok()) {
                return CompletableFuture.completedFuture(true);
            }
            if (reply.code() == Code.NODEEXISTS) {
                return isOurs(readOnly, service);
            }
            if (reply.code() == Code.NONODE) {
                return tree.ensure(MetadataTree.parentOf(path)).thenCompose(done -> take(readOnly, service));
            }
            throw tree.refused("create", path, reply.code());
        });
    }

    private CompletableFuture<Boolean> isOurs(boolean readOnly, byte[] service) {
        return tree.exists(path(readOnly), null)
                .thenCompose(reply -> reply.ok()
                        ? CompletableFuture.completedFuture(reply.get().getEphemeralOwner() == sessionId())
                        : take(readOnly, service)); // It has gone meanwhile.
    }

    @Override
    public CompletableFuture<Void> leave(boolean readOnly) {
        String path = path(readOnly);
        return tree.exists(path, null).thenCompose(reply -> {
            if (!reply.ok() || reply.get().getEphemeralOwner() != sessionId()) {
                return CompletableFuture.completedFuture(null);
            }
            return tree.delete(path, MetadataTree.ANY_VERSION).thenApply(deleted -> null);
        });
    }

    @Override
    public long sessionMillis() {
        return session.zooKeeper().getSessionTimeout();
    }

    @Override
    public Throwable failureOf(Throwable failure) {
        return Objects.requireNonNull(Stages.causeOf(failure));
    }

    private long sessionId() {
        return session.zooKeeper().getSessionId();
    }

    private String path(boolean readOnly) {
        return (readOnly ? MetadataTree.READ_ONLY : MetadataTree.AVAILABLE) + "/" + bookie;
    }
}
