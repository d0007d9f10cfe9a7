package dev.daybook.core.recover;

import dev.daybook.core.effect.Dice;
import dev.daybook.core.effect.Outbox;
import dev.daybook.core.metadata.MetadataReply;
import dev.daybook.core.metadata.SwapReply;
import dev.daybook.core.place.ClusterSnapshot;
import dev.daybook.core.place.PlacementPolicy;
import dev.daybook.core.quorum.Answer;
import dev.daybook.core.read.LastEntry;
import dev.daybook.core.read.VerifiedEntry;
import dev.daybook.core.write.AddReply;
import dev.daybook.protocol.model.BookieId;
import dev.daybook.protocol.model.LedgerMetadata;
import dev.daybook.protocol.model.Versioned;

/**
 * Stops the writer of a ledger and makes every client agree on its end. Source: client protocol specification, section
 * 18.
 *
 * <p>Not thread-safe: one loop owns it. It has no clock: the driver reports a request that outlives its deadline as
 * {@link Answer.Reason#TIMEOUT} or {@link AddReply#FAILED}. Every decision is taken as soon as enough answers are in,
 * so one silent bookie costs nothing while the others suffice.
 *
 * @param <P> the payload, opaque here
 */
@SuppressWarnings("DoNotCallSuggester") // The bodies follow with the next change.
public final class LedgerRecovery<P> {
    private final Outbox<RecoveryTraffic<P>> outbox = new Outbox<>();

    /** @param current the record as just read; may be closed already */
    public LedgerRecovery(
            Versioned<LedgerMetadata> current,
            PlacementPolicy placement,
            ClusterSnapshot cluster,
            Dice dice,
            RecoveryLimits limits) {
        throw new UnsupportedOperationException();
    }

    /** Call once, first. */
    public void start() {
        notYet();
    }

    public void onMetadataSwapped(SwapReply reply) {
        notYet();
    }

    public void onMetadataRead(MetadataReply reply) {
        notYet();
    }

    /** The answer to one {@link SendFence}. Positive: the bookie is fenced, durably, and this is its last entry. */
    public void onFenceReply(int position, BookieId bookie, Answer<LastEntry> answer) {
        notYet();
    }

    /** The answer to one {@code SendRead}. A negative must come from a bookie whose fence is durable. */
    public void onReadReply(int position, BookieId bookie, long entryId, Answer<VerifiedEntry<P>> answer) {
        notYet();
    }

    /** The answer to one {@code SendAdd}. */
    public void onAddReply(int position, BookieId bookie, long entryId, AddReply reply) {
        notYet();
    }

    public void onClusterChanged(ClusterSnapshot newCluster) {
        notYet();
    }

    /** The client shuts down. */
    public void abandon() {
        notYet();
    }

    public void drainTo(RecoveryTraffic<P> handler) {
        outbox.drainTo(handler);
    }

    private static void notYet() {
        throw new UnsupportedOperationException();
    }
}
