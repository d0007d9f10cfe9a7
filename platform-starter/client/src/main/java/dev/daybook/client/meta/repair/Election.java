package dev.daybook.client.meta.repair;

import dev.daybook.client.meta.MetadataStore.Subscription;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/** The election of the auditor: of all votes that stand the oldest wins. */
public interface Election {
    /**
     * A vote that was cast in this session.
     *
     * @param place in the service
     * @param epoch larger than that of every vote cast before
     */
    record Vote(String place, long epoch) {}

    /** Hears of the office. Calls come one at a time. */
    interface VoteListener {
        void elected(Vote vote);

        void ended();
    }

    /** Stands in this and later sessions until the subscription is closed. */
    Subscription stand(String candidate, VoteListener listener);

    /** The bytes of the vote that won. */
    CompletableFuture<Optional<byte[]>> winner();
}
