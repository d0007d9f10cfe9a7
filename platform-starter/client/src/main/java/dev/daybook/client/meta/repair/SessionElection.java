package dev.daybook.client.meta.repair;

import dev.daybook.client.meta.MetadataStore.Subscription;
import dev.daybook.client.meta.session.SessionLoop;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** The election in a service that keeps sessions. Thread-safe. */
public final class SessionElection implements Election {
    private final SessionLoop loop;
    private final Function<String, Ballot> ballots;
    private final Supplier<CompletableFuture<Optional<byte[]>>> winner;
    private final AtomicReference<@Nullable Candidacy> present = new AtomicReference<>();

    /**
     * @param ballots of a candidate
     * @param winner reads the vote that was cast first of those that stand
     */
    public SessionElection(
            SessionLoop loop, Function<String, Ballot> ballots, Supplier<CompletableFuture<Optional<byte[]>>> winner) {
        this.loop = loop;
        this.ballots = ballots;
        this.winner = winner;
    }

    @Override
    public Subscription stand(String candidate, VoteListener listener) {
        Candidacy candidacy = new Candidacy(loop, ballots.apply(candidate), listener);
        if (!present.compareAndSet(null, candidacy)) {
            throw new IllegalStateException("a store stands for election once at a time");
        }
        candidacy.check();
        return () -> {
            present.compareAndSet(candidacy, null);
            candidacy.close();
        };
    }

    @Override
    public CompletableFuture<Optional<byte[]>> winner() {
        return winner.get();
    }

    /** To be called in each new session, in which nothing of the old one is left. */
    public void sessionReplaced() {
        Candidacy candidacy = present.get();
        if (candidacy != null) {
            candidacy.check();
        }
    }
}
