package dev.daybook.client.meta.zookeeper;

import dev.daybook.client.LedgerException;
import dev.daybook.client.LedgerException.Reason;
import dev.daybook.protocol.model.BookieId;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;
import org.apache.zookeeper.CreateMode;
import org.apache.zookeeper.KeeperException.Code;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps one bookie registered: an ephemeral node in the mode that was last asked for, made again in each new session.
 * Steps follow one another; what is wanted belongs to the session's loop. Source: metadata specification, section 7.
 */
final class Registration {
    private static final Logger LOG = LoggerFactory.getLogger(Registration.class);
    private static final long POLL_MILLIS = 100;
    private static final long RETRY_MILLIS = 1_000;

    /** What the bookie shall look like; the turn tells one request from the next. */
    private record Wanted(long turn, boolean readOnly, byte[] service) {}

    private final MetadataTree tree;
    private final ZooKeeperSession session;
    private final BookieId bookie;
    private final Runnable onLost;
    private @Nullable Wanted wanted;
    private long turns;

    /** The last step under way; the next one waits for it. */
    private CompletableFuture<?> tail = CompletableFuture.completedFuture(null);

    Registration(MetadataTree tree, BookieId bookie, Runnable onLost) {
        this.tree = tree;
        this.session = tree.session();
        this.bookie = bookie;
        this.onLost = onLost;
    }

    CompletableFuture<Void> register(boolean readOnly, byte[] service) {
        CompletableFuture<Void> done = new CompletableFuture<>();
        session.onLoop(() -> {
            Wanted now = new Wanted(++turns, readOnly, service);
            wanted = now;
            enqueue(() -> apply(now), done);
        });
        return done;
    }

    CompletableFuture<Void> unregister() {
        CompletableFuture<Void> done = new CompletableFuture<>();
        session.onLoop(() -> {
            wanted = null;
            enqueue(() -> removeOwn(path(false)).thenCompose(gone -> removeOwn(path(true))), done);
        });
        return done;
    }

    /** In a new session nothing of the old one is left: the present mode is registered again. */
    void restore() {
        Wanted now = wanted;
        if (now == null) {
            return;
        }
        CompletableFuture<Void> done = new CompletableFuture<>();
        enqueue(() -> apply(now), done);
        ZooKeeperSession.observe(done, (nothing, failure) -> session.onLoop(() -> onRestored(now, failure)));
    }

    private void onRestored(Wanted attempted, @Nullable Throwable failure) {
        Wanted now = wanted;
        if (failure == null || now == null || now.turn() != attempted.turn()) {
            return;
        }
        if (reasonOf(failure) == Reason.METADATA_UNAVAILABLE) {
            session.later(RETRY_MILLIS, this::restore);
        } else {
            LOG.error("Bookie {} could not be registered again: {}", bookie, failure.getMessage());
            session.deliver(onLost);
        }
    }

    private static @Nullable Reason reasonOf(Throwable failure) {
        Throwable cause = failure.getCause() instanceof LedgerException ? failure.getCause() : failure;
        return cause instanceof LedgerException ledgerFailure ? ledgerFailure.reason() : null;
    }

    private void enqueue(Supplier<CompletableFuture<Void>> step, CompletableFuture<Void> done) {
        CompletableFuture<Void> ended = tail.handle((before, failure) -> null).thenCompose(turn -> step.get());
        tail = ended;
        relay(ended, done);
    }

    private static void relay(CompletableFuture<Void> from, CompletableFuture<Void> to) {
        ZooKeeperSession.observe(from, (nothing, failure) -> {
            if (failure == null) {
                to.complete(null);
            } else {
                to.completeExceptionally(failure);
            }
        });
    }

    /** Readers may see both nodes for a moment, but never none. */
    private CompletableFuture<Void> apply(Wanted now) {
        return create(path(now.readOnly()), now.service(), deadlineNanos())
                .thenCompose(created -> removeOwn(path(!now.readOnly())));
    }

    private CompletableFuture<Void> create(String path, byte[] service, long deadlineNanos) {
        return tree.create(path, service, CreateMode.EPHEMERAL).thenCompose(reply -> {
            if (reply.ok()) {
                return CompletableFuture.completedFuture(null);
            }
            if (reply.code() == Code.NODEEXISTS) {
                return awaitOwnership(path, service, deadlineNanos);
            }
            if (reply.code() == Code.NONODE) {
                return tree.ensure(MetadataTree.parentOf(path))
                        .thenCompose(done -> create(path, service, deadlineNanos));
            }
            throw tree.refused("create", path, reply.code());
        });
    }

    /** A node of our own session is what we want; one of another session may be our own past, which ends soon. */
    private CompletableFuture<Void> awaitOwnership(String path, byte[] service, long deadlineNanos) {
        return tree.exists(path, null).thenCompose(reply -> {
            if (reply.ok()
                    && reply.get().getEphemeralOwner() == session.zooKeeper().getSessionId()) {
                return CompletableFuture.completedFuture(null);
            }
            if (reply.ok() && deadlineNanos - System.nanoTime() < 0) {
                throw new LedgerException(
                        Reason.METADATA_CONFLICT,
                        "Another process is registered as bookie " + bookie
                                + "; stop it, or give this bookie an id of its own.");
            }
            CompletableFuture<Void> retried = new CompletableFuture<>();
            session.later(POLL_MILLIS, () -> relay(create(path, service, deadlineNanos), retried));
            return retried;
        });
    }

    private CompletableFuture<Void> removeOwn(String path) {
        return tree.exists(path, null).thenCompose(reply -> {
            if (!reply.ok()
                    || reply.get().getEphemeralOwner() != session.zooKeeper().getSessionId()) {
                return CompletableFuture.completedFuture(null);
            }
            return tree.delete(path, MetadataTree.ANY_VERSION).thenApply(deleted -> null);
        });
    }

    /** The service ends sessions a little after their time-out, so the wait is a little longer, too. */
    private long deadlineNanos() {
        return System.nanoTime() + session.zooKeeper().getSessionTimeout() * 1_500_000L;
    }

    private String path(boolean readOnly) {
        return (readOnly ? MetadataTree.READ_ONLY : MetadataTree.AVAILABLE) + "/" + bookie;
    }
}
