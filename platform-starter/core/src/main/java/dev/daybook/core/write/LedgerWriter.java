package dev.daybook.core.write;

import dev.daybook.core.effect.Dice;
import dev.daybook.core.effect.Outbox;
import dev.daybook.core.metadata.MetadataReply;
import dev.daybook.core.metadata.SwapReply;
import dev.daybook.core.place.ClusterSnapshot;
import dev.daybook.core.place.PlacementPolicy;
import dev.daybook.protocol.model.BookieId;
import dev.daybook.protocol.model.LedgerMetadata;
import dev.daybook.protocol.model.Versioned;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * The writing end of one ledger. Source: client protocol specification, sections 6, 7 and 9.
 *
 * <p>Not thread-safe: one loop owns it, calls one method at a time and then drains the outbox. It has no clock: a
 * request that outlives the driver's deadline is reported as {@link AddReply#FAILED}, so every {@link SendAdd} is
 * answered once and nothing here waits for ever.
 *
 * @param <P> the payload, opaque here; the driver owns its memory until {@link ReleasePayload}
 */
@SuppressWarnings("DoNotCallSuggester") // The bodies follow with the next change.
public final class LedgerWriter<P> {
    private final Outbox<WriterTraffic<P>> outbox = new Outbox<>();

    /** @param created the record as this client created it; nobody else may write to the ledger through it */
    public LedgerWriter(
            Versioned<LedgerMetadata> created, PlacementPolicy placement, ClusterSnapshot cluster, Dice dice) {
        throw new UnsupportedOperationException();
    }

    /**
     * Takes an entry and asks to send it to its write set.
     *
     * @param payloadBytes counted into the ledger's length
     * @return the entry id, or empty when the handle takes no entries any more ({@link #failure} says why); then the
     *     payload stays with the caller
     */
    public OptionalLong append(P payload, int payloadBytes) {
        throw new UnsupportedOperationException();
    }

    /** The answer to one {@link SendAdd}; {@code position} and {@code bookie} are those of the effect. */
    public void onAddReply(int position, BookieId bookie, long entryId, AddReply reply) {
        notYet();
    }

    /** The bookie is known to be lost although no request told so; replaced now if adds wait for it, else later. */
    public void onBookieFailed(BookieId bookie) {
        notYet();
    }

    /** The bookies that replacements are chosen from have changed. */
    public void onClusterChanged(ClusterSnapshot newCluster) {
        notYet();
    }

    public void onMetadataSwapped(SwapReply reply) {
        notYet();
    }

    public void onMetadataRead(MetadataReply reply) {
        notYet();
    }

    /** Ends the ledger at the last acknowledged entry; pending adds fail. Idempotent. */
    public void close() {
        notYet();
    }

    /** The client shuts down: pending adds fail and the metadata is left alone. */
    public void abandon() {
        notYet();
    }

    public void drainTo(WriterTraffic<P> handler) {
        outbox.drainTo(handler);
    }

    /** Highest entry acknowledged to the application, -1 before the first. */
    public long lastAddConfirmed() {
        throw new UnsupportedOperationException();
    }

    /** Payload bytes of all entries taken and not failed. */
    public long length() {
        throw new UnsupportedOperationException();
    }

    /** Entries taken and neither acknowledged nor failed. */
    public int pendingAdds() {
        throw new UnsupportedOperationException();
    }

    /** The record as last known to be stored. */
    public LedgerMetadata metadata() {
        throw new UnsupportedOperationException();
    }

    /** Why the handle takes no entries any more; empty while it does. */
    public Optional<WriteFailure> failure() {
        throw new UnsupportedOperationException();
    }

    private static void notYet() {
        throw new UnsupportedOperationException();
    }
}
