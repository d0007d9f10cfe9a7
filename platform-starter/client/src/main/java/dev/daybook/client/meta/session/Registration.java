package dev.daybook.client.meta.session;

import dev.daybook.client.LedgerException;
import dev.daybook.client.LedgerException.Reason;
import dev.daybook.protocol.model.BookieId;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps one bookie registered in the mode that was last asked for, again in each new session. Steps follow one another;
 * what is wanted belongs to the loop. Source: metadata specification, section 7.
 */
final class Registration {
    private static final Logger LOG = LoggerFactory.getLogger(Registration.class);
    private static final long POLL_MILLIS = 100;
    private static final long RETRY_MILLIS = 1_000;

    /** What the bookie shall look like; the turn tells one request from the next. */
    private record Wanted(long turn, boolean readOnly, byte[] service) {}

    private final SessionLoop loop;
    private final BookieId bookie;
    private final RegistrationPlaces places;
    private final Runnable onLost;
    private @Nullable Wanted wanted;
    private long turns;

    /** The last step under way; the next one waits for it. */
    private CompletableFuture<?> tail = CompletableFuture.completedFuture(null);

    Registration(SessionLoop loop, BookieId bookie, RegistrationPlaces places, Runnable onLost) {
        this.loop = loop;
        this.bookie = bookie;
        this.places = places;
        this.onLost = onLost;
    }

    CompletableFuture<Void> register(boolean readOnly, byte[] service) {
        CompletableFuture<Void> done = new CompletableFuture<>();
        loop.execute(() -> {
            Wanted now = new Wanted(++turns, readOnly, service);
            wanted = now;
            enqueue(() -> apply(now), done);
        });
        return done;
    }

    CompletableFuture<Void> unregister() {
        CompletableFuture<Void> done = new CompletableFuture<>();
        loop.execute(() -> {
            wanted = null;
            enqueue(() -> places.leave(false).thenCompose(left -> places.leave(true)), done);
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
        Stages.observe(done, (nothing, failure) -> loop.execute(() -> onRestored(now, failure)));
    }

    private void onRestored(Wanted attempted, @Nullable Throwable failure) {
        Wanted now = wanted;
        if (failure == null || now == null || now.turn() != attempted.turn()) {
            return;
        }
        if (failure instanceof LedgerException known && known.reason() == Reason.METADATA_UNAVAILABLE) {
            loop.later(RETRY_MILLIS, this::restore);
        } else {
            LOG.error("Bookie {} could not be registered again: {}", bookie, failure.getMessage());
            loop.deliver(onLost);
        }
    }

    private void enqueue(Supplier<CompletableFuture<Void>> step, CompletableFuture<Void> done) {
        CompletableFuture<Void> ended = tail.handle((before, failure) -> null).thenCompose(turn -> step.get());
        tail = ended;
        relay(ended, done);
    }

    private void relay(CompletableFuture<Void> from, CompletableFuture<Void> to) {
        Stages.observe(from, (nothing, failure) -> {
            if (failure == null) {
                to.complete(null);
            } else {
                to.completeExceptionally(places.failureOf(failure));
            }
        });
    }

    /** Readers may see the bookie at both places for a moment, but never at none. */
    private CompletableFuture<Void> apply(Wanted now) {
        return take(now, deadlineNanos()).thenCompose(taken -> places.leave(!now.readOnly()));
    }

    /** What another session holds may be our own past, which ends soon. */
    private CompletableFuture<Void> take(Wanted now, long deadlineNanos) {
        return places.take(now.readOnly(), now.service()).thenCompose(ours -> {
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
            loop.later(POLL_MILLIS, () -> relay(take(now, deadlineNanos), retried));
            return retried;
        });
    }

    /** The service ends sessions a little after their time, so the wait is a little longer, too. */
    private long deadlineNanos() {
        return System.nanoTime() + places.sessionMillis() * 1_500_000L;
    }
}
