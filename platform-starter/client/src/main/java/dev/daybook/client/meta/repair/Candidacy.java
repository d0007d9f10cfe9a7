package dev.daybook.client.meta.repair;

import dev.daybook.client.meta.MetadataStore.Subscription;
import dev.daybook.client.meta.repair.Ballot.Standing;
import dev.daybook.client.meta.repair.Election.Vote;
import dev.daybook.client.meta.repair.Election.VoteListener;
import dev.daybook.client.meta.session.SessionLoop;
import dev.daybook.client.meta.session.Stages;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps one candidate standing: looks how it stands whenever the vote that matters has gone, its own for the winner and
 * the one before for everybody else. State belongs to the session's loop.
 */
final class Candidacy {
    private static final Logger LOG = LoggerFactory.getLogger(Candidacy.class);
    private static final long RETRY_MILLIS = 500;

    /** A vote whose going is waited for. */
    private record Awaited(String place, Subscription watch) {}

    private final SessionLoop loop;
    private final Ballot ballot;
    private final VoteListener listener;
    private volatile boolean closed;

    private boolean looking;
    /** Something happened while looking: what is being seen may be old already. */
    private boolean again;

    private @Nullable Awaited awaited;
    /** The vote that this candidate holds the office by. */
    private @Nullable Vote office;

    Candidacy(SessionLoop loop, Ballot ballot, VoteListener listener) {
        this.loop = loop;
        this.ballot = ballot;
        this.listener = listener;
    }

    void check() {
        loop.execute(this::look);
    }

    private void look() {
        if (looking) {
            again = true;
            return;
        }
        looking = true;
        again = false;
        CompletableFuture<?> step = closed ? ballot.withdraw() : ballot.stand().thenAcceptAsync(this::onStanding, loop);
        Stages.observe(step, (done, failure) -> loop.execute(() -> onLooked(failure)));
    }

    private void onLooked(@Nullable Throwable failure) {
        looking = false;
        if (failure != null) {
            LOG.debug("Standing for election as the auditor failed, trying again.", failure);
            loop.later(RETRY_MILLIS, this::look);
        } else if (again) {
            look();
        }
    }

    private void onStanding(Standing standing) {
        if (closed) {
            return; // Then closing has asked to look again.
        }
        if (office != null
                && (!office.equals(standing.own()) || standing.before().isPresent())) {
            office = null;
            deliver(listener::ended);
        }
        await(standing.before().orElse(standing.own().place()));
        if (office == null && standing.before().isEmpty()) {
            office = standing.own();
            deliver(() -> listener.elected(standing.own()));
        }
    }

    private void await(String place) {
        if (awaited != null && awaited.place().equals(place)) {
            return;
        }
        forget();
        awaited = new Awaited(place, ballot.watch(place, () -> loop.execute(() -> onGone(place))));
    }

    /** The watch is made anew even if the vote is still seen, because a watch may tell only once. */
    private void onGone(String place) {
        if (awaited != null && awaited.place().equals(place)) {
            forget();
            look();
        }
    }

    private void forget() {
        if (awaited != null) {
            awaited.watch().close();
            awaited = null;
        }
    }

    private void deliver(Runnable call) {
        loop.deliver(() -> {
            if (!closed) {
                call.run();
            }
        });
    }

    void close() {
        closed = true;
        loop.execute(() -> {
            forget();
            look();
        });
    }
}
