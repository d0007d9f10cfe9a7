package dev.daybook.metadata.etcd;

import dev.daybook.client.LedgerException;
import dev.daybook.client.LedgerException.Reason;
import dev.daybook.protocol.model.BookieId;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps one bookie registered: a key on our lease in the mode that was last asked for, made again on each new lease.
 * Steps follow one another; what is wanted belongs to the session's loop. Source: metadata specification, section 7.
 */
final class Registration {
    private static final Logger LOG = LoggerFactory.getLogger(Registration.class);
    private static final long POLL_MILLIS = 200;
    private static final long RETRY_MILLIS = 1_000;

    /** What the bookie shall look like; the turn tells one request from the next. */
    private record Wanted(long turn, boolean readOnly, byte[] service) {}

    private final EtcdSession session;
    private final EtcdKeys keys;
    private final LeasedKeys leased;
    private final BookieId bookie;
    private final Runnable onLost;
    private @Nullable Wanted wanted;
    private long turns;

    /** The last step under way; the next one waits for it. */
    private CompletableFuture<?> tail = CompletableFuture.completedFuture(null);

    Registration(Keyspace keyspace, BookieId bookie, Runnable onLost) {
        this.session = keyspace.session();
        this.keys = keyspace.keys();
        this.leased = new LeasedKeys(keyspace);
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
            enqueue(() -> leased.giveBack(key(false)).thenCompose(gone -> leased.giveBack(key(true))), done);
        });
        return done;
    }

    /** Nothing that hung on the old lease is left: the present mode is registered again. */
    void restore() {
        Wanted now = wanted;
        if (now == null) {
            return;
        }
        CompletableFuture<Void> done = new CompletableFuture<>();
        enqueue(() -> apply(now), done);
        EtcdSession.observe(done, (nothing, failure) -> session.onLoop(() -> onRestored(now, failure)));
    }

    private void onRestored(Wanted attempted, @Nullable Throwable failure) {
        Wanted now = wanted;
        if (failure == null || now == null || now.turn() != attempted.turn()) {
            return;
        }
        if (session.failureOf(failure).reason() == Reason.METADATA_UNAVAILABLE) {
            session.later(RETRY_MILLIS, this::restore);
        } else {
            LOG.error("Bookie {} could not be registered again: {}", bookie, failure.getMessage());
            session.deliver(onLost);
        }
    }

    private void enqueue(Supplier<CompletableFuture<Void>> step, CompletableFuture<Void> done) {
        CompletableFuture<Void> ended = tail.handle((before, failure) -> null).thenCompose(turn -> step.get());
        tail = ended;
        relay(ended, done);
    }

    private void relay(CompletableFuture<Void> from, CompletableFuture<Void> to) {
        EtcdSession.observe(from, (nothing, failure) -> {
            if (failure == null) {
                to.complete(null);
            } else {
                to.completeExceptionally(session.failureOf(failure));
            }
        });
    }

    /** Readers may see both keys for a moment, but never none. */
    private CompletableFuture<Void> apply(Wanted now) {
        return take(now, deadlineNanos()).thenCompose(taken -> leased.giveBack(key(!now.readOnly())));
    }

    /** A key of another process may be our own past, whose lease ends soon. */
    private CompletableFuture<Void> take(Wanted now, long deadlineNanos) {
        return leased.take(key(now.readOnly()), now.service()).thenCompose(ours -> {
            if (ours) {
                return CompletableFuture.completedFuture(null);
            }
            if (deadlineNanos - System.nanoTime() < 0) {
                throw new LedgerException(
                        Reason.METADATA_CONFLICT,
                        "Another process is registered as bookie " + bookie
                                + "; stop it, or give this bookie an id of its own.");
            }
            CompletableFuture<Void> retried = new CompletableFuture<>();
            session.later(POLL_MILLIS, () -> relay(take(now, deadlineNanos), retried));
            return retried;
        });
    }

    /** The service ends leases a little after their time, so the wait is a little longer, too. */
    private long deadlineNanos() {
        return System.nanoTime() + session.lease().lifeMillis() * 1_500_000L;
    }

    private String key(boolean readOnly) {
        return keys.registration(bookie, readOnly);
    }
}
