package dev.daybook.core.write;

import dev.daybook.core.effect.Dice;
import dev.daybook.core.effect.Invariant;
import dev.daybook.core.effect.Outbox;
import dev.daybook.core.metadata.MetadataRegister;
import dev.daybook.core.metadata.MetadataReply;
import dev.daybook.core.metadata.SwapReply;
import dev.daybook.core.place.ClusterSnapshot;
import dev.daybook.core.place.PlacementPolicy;
import dev.daybook.protocol.model.BookieId;
import dev.daybook.protocol.model.Fragment;
import dev.daybook.protocol.model.LedgerMetadata;
import dev.daybook.protocol.model.LedgerState;
import dev.daybook.protocol.model.Versioned;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * The writing end of one ledger. Source: client protocol specification, sections 6, 7 and 9.
 *
 * <p>Not thread-safe: one loop owns it, calls one method at a time and then drains the outbox. It has no clock: a
 * request that outlives the driver's deadline is reported as {@link AddReply#FAILED}, so every {@link SendAdd} is
 * answered once and nothing here waits for ever.
 *
 * <p>The first failure that no other bookie can make up for poisons the handle: pending adds fail, nothing is taken any
 * more, and the ledger is closed at the last acknowledged entry.
 *
 * @param <P> the payload, opaque here; the driver owns its memory until {@link ReleasePayload}
 */
public final class LedgerWriter<P> {
    private final Outbox<WriterTraffic<P>> outbox = new Outbox<>();
    private final MetadataRegister register;
    private final AddWindow<P> window;
    private final BookieFailures failures;

    /** Present from close or poisoning on. Then the window is empty for good. */
    private Optional<WriteFailure> failure = Optional.empty();

    /** The end this writer wants; fixed together with {@link #failure}. */
    private Optional<LedgerMetadata.End> end = Optional.empty();

    private boolean finished;

    /** @param created the record as this client created it: open, one fragment, nothing written */
    public LedgerWriter(
            Versioned<LedgerMetadata> created, PlacementPolicy placement, ClusterSnapshot cluster, Dice dice) {
        LedgerMetadata metadata = created.value();
        Invariant.check(
                metadata.state() == LedgerState.OPEN && metadata.fragments().size() == 1,
                "a writer starts with a new ledger");
        this.register = new MetadataRegister(created, outbox::emit);
        this.window =
                new AddWindow<>(metadata.quorum(), metadata.lastFragment().ensemble(), -1L, 0L, false, outbox::emit);
        this.failures = new BookieFailures(metadata.quorum(), placement, cluster, dice);
    }

    /**
     * Takes an entry and asks to send it to its write set.
     *
     * @param payloadBytes counted into the ledger's length
     * @return the entry id, or empty when the handle takes no entries any more ({@link #failure} says why); then the
     *     payload stays with the caller
     */
    public OptionalLong append(P payload, int payloadBytes) {
        if (failure.isPresent()) {
            return OptionalLong.empty();
        }
        long entryId = window.append(payload, payloadBytes);
        if (!window.isHeld() && failures.concern(window.ensemble())) {
            startEnsembleChange();
        }
        return OptionalLong.of(entryId);
    }

    /** The answer to one {@link SendAdd}; {@code position} and {@code bookie} are those of the effect. */
    public void onAddReply(int position, BookieId bookie, long entryId, AddReply reply) {
        if (failure.isPresent()) {
            return;
        }
        if (reply.isFatal()) {
            if (window.isCurrent(position, bookie)) {
                poison(fatal(bookie, reply));
            }
            return;
        }
        switch (window.onReply(position, bookie, entryId, reply == AddReply.STORED)) {
            case STALE -> {}
            case STORED -> acknowledge();
            case FAILED -> {
                failures.add(position, bookie);
                startEnsembleChange();
            }
            case FAILED_LATE -> failures.add(position, bookie);
        }
    }

    private static WriteFailure fatal(BookieId bookie, AddReply reply) {
        return switch (reply) {
            case FENCED ->
                new WriteFailure(
                        WriteFailure.Kind.FENCED,
                        "Another client is recovering this ledger (said by bookie " + bookie + "); open it again to see"
                                + " where it ends.");
            case UNAUTHORIZED ->
                new WriteFailure(
                        WriteFailure.Kind.UNAUTHORIZED,
                        "Bookie " + bookie + " refuses this ledger's password; use the one it was created with.");
            default ->
                new WriteFailure(
                        WriteFailure.Kind.ILLEGAL,
                        "Bookie " + bookie + " does not allow this kind of add; check the protocol generation.");
        };
    }

    /** The bookie is known to be lost although no request told so; replaced now if adds wait for it, else later. */
    public void onBookieFailed(BookieId bookie) {
        int position = window.ensemble().indexOf(bookie);
        if (failure.isPresent() || position < 0) {
            return;
        }
        failures.add(position, bookie);
        if (window.needs(position)) {
            startEnsembleChange();
        }
    }

    /** The bookies that replacements are chosen from have changed. */
    public void onClusterChanged(ClusterSnapshot newCluster) {
        failures.onClusterChanged(newCluster);
    }

    /** In entry order; the window releases nothing while the ensemble is changing. */
    private void acknowledge() {
        for (OptionalLong next = window.releaseNext(); next.isPresent(); next = window.releaseNext()) {
            outbox.emit(new CompleteAdd(next.getAsLong(), new CompleteAdd.Outcome.Acknowledged()));
        }
    }

    private void startEnsembleChange() {
        if (window.isHeld()) {
            return; // The change under way looks at all failures again before it ends.
        }
        window.hold();
        changeEnsemble();
    }

    /** Decides on the stored record; called again after each answer of the store until no failed bookie is left. */
    private void changeEnsemble() {
        LedgerMetadata stored = register.current().value();
        long start = window.lastConfirmed() + 1;
        if (stored.state() == LedgerState.CLOSED) {
            poison(new WriteFailure(
                    WriteFailure.Kind.CLOSED_ELSEWHERE, "Another client has closed this ledger; open it again."));
        } else if (stored.state() == LedgerState.IN_RECOVERY) {
            poison(new WriteFailure(
                    WriteFailure.Kind.FENCED, "Another client has marked this ledger for recovery; open it again."));
        } else if (stored.lastFragment().firstEntryId() > start) {
            poison(new WriteFailure(
                    WriteFailure.Kind.METADATA_CONFLICT,
                    "The record has a fragment at entry "
                            + stored.lastFragment().firstEntryId() + " although nothing above entry " + (start - 1)
                            + " is confirmed."));
        } else if (failures.concern(stored.lastFragment().ensemble())) {
            Optional<List<BookieId>> changed =
                    failures.replaceIn(stored.lastFragment().ensemble());
            if (changed.isPresent()) {
                register.swap(stored.withFragment(new Fragment(start, changed.get())));
            } else {
                // Nobody can take over. The writer goes on with the members it has for as long as they make ack
                // quorums.
                settle(stored.lastFragment().ensemble());
            }
        } else {
            settle(stored.lastFragment().ensemble());
        }
    }

    /** The stored ensemble has no bad member that could be replaced: from here acks count again. */
    private void settle(List<BookieId> ensemble) {
        window.resume(ensemble);
        if (window.isBroken()) {
            // A member that failed some entry for good could not be replaced.
            poison(notEnoughBookies());
            return;
        }
        failures.settled();
        acknowledge();
    }

    private WriteFailure notEnoughBookies() {
        return new WriteFailure(
                WriteFailure.Kind.NOT_ENOUGH_BOOKIES,
                failures.describe() + "; start more bookies and write to a new ledger.");
    }

    public void onMetadataSwapped(SwapReply reply) {
        proceed(register.onSwapped(reply));
    }

    public void onMetadataRead(MetadataReply reply) {
        proceed(register.onRead(reply));
    }

    private void proceed(MetadataRegister.Progress progress) {
        if (finished) {
            return;
        }
        switch (progress) {
            case WAIT -> {}
            case DECIDE -> {
                if (failure.isPresent()) {
                    closeRecord();
                } else {
                    changeEnsemble();
                }
            }
            case GONE -> giveUp(new WriteFailure(WriteFailure.Kind.LEDGER_DELETED, "The ledger was deleted."));
            case FAILED ->
                onStoreFailure(new WriteFailure(
                        WriteFailure.Kind.METADATA_UNAVAILABLE,
                        "The metadata service did not store a change of this ledger: " + register.failure()));
        }
    }

    private void onStoreFailure(WriteFailure reason) {
        if (failure.isPresent()) {
            giveUp(reason);
        } else {
            poison(reason); // The store may be back in time for the close, which spares the next reader a recovery.
        }
    }

    /** Ends the ledger at the last acknowledged entry; pending adds fail. Idempotent. */
    public void close() {
        if (failure.isEmpty()) {
            poison(new WriteFailure(WriteFailure.Kind.HANDLE_CLOSED, "This handle is closed."));
        }
    }

    /** The client shuts down: pending adds fail and the metadata is left alone. */
    public void abandon() {
        giveUp(new WriteFailure(WriteFailure.Kind.CLIENT_CLOSED, "The client is closed."));
    }

    /** Fails what is pending and closes the record, at once or when the operation under way has ended. */
    private void poison(WriteFailure reason) {
        stop(reason);
        if (reason.kind() == WriteFailure.Kind.METADATA_CONFLICT) {
            finish(new CompleteClose.Outcome.Failed(reason)); // Not ours to write to.
        } else if (!register.isBusy()) {
            closeRecord();
        }
    }

    /** As poison, but the record cannot be closed either. Opening with recovery will do it. */
    private void giveUp(WriteFailure reason) {
        if (!finished) {
            stop(reason);
            finish(new CompleteClose.Outcome.Failed(reason));
        }
    }

    /** The length is taken after pending adds were taken off, so it belongs to the last acknowledged entry. */
    private void stop(WriteFailure reason) {
        if (failure.isPresent()) {
            return;
        }
        failure = Optional.of(reason);
        for (long entryId : window.failAll()) {
            outbox.emit(new CompleteAdd(entryId, new CompleteAdd.Outcome.Failed(reason)));
        }
        end = Optional.of(new LedgerMetadata.End(window.lastConfirmed(), window.length()));
    }

    /**
     * From in-recovery as well: the end is exactly what was acknowledged, and the recovering client will find the record
     * closed and adopt it.
     */
    private void closeRecord() {
        LedgerMetadata stored = register.current().value();
        LedgerMetadata.End wanted = end.orElseThrow();
        if (stored.end().isEmpty()) {
            register.swap(stored.closedAt(wanted));
        } else if (stored.end().get().equals(wanted)) {
            finish(new CompleteClose.Outcome.Closed(register.current()));
        } else {
            finish(new CompleteClose.Outcome.Failed(new WriteFailure(
                    WriteFailure.Kind.CLOSED_ELSEWHERE,
                    "Another client has closed this ledger at entry "
                            + stored.end().get().lastEntryId() + " while this handle ended at entry "
                            + wanted.lastEntryId() + "; open it again.")));
        }
    }

    private void finish(CompleteClose.Outcome outcome) {
        finished = true;
        outbox.emit(new CompleteClose(outcome));
    }

    public void drainTo(WriterTraffic<P> handler) {
        outbox.drainTo(handler);
    }

    /** Highest entry acknowledged to the application, -1 before the first. */
    public long lastAddConfirmed() {
        return window.lastConfirmed();
    }

    /** Payload bytes of all entries taken and not failed. */
    public long length() {
        return window.length();
    }

    /** Entries taken and neither acknowledged nor failed. */
    public int pendingAdds() {
        return window.size();
    }

    /** The record as last known to be stored. */
    public LedgerMetadata metadata() {
        return register.current().value();
    }

    /** Why the handle takes no entries any more; empty while it does. */
    public Optional<WriteFailure> failure() {
        return failure;
    }
}
