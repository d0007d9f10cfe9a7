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
import dev.daybook.protocol.model.Durability;
import dev.daybook.protocol.model.Fragment;
import dev.daybook.protocol.model.LedgerMetadata;
import dev.daybook.protocol.model.LedgerState;
import dev.daybook.protocol.model.Versioned;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * The writing end of one ledger. Source: client protocol specification, sections 6 to 9 and 14.
 *
 * <p>Not thread-safe: one loop owns it, calls one method at a time and then drains the outbox. It has no clock: a
 * request that outlives the driver's deadline is reported as {@link AddReply#FAILED}, so every {@link SendAdd} is
 * answered once. Only the metadata service is waited for without end, because there is nobody to take its place: while
 * it is away a change of the ensemble stands still, nothing is acknowledged, and the handle lives.
 *
 * <p>The first failure that no other bookie can make up for poisons the handle: pending adds fail, nothing is taken any
 * more, and the ledger is closed at the last acknowledged entry.
 *
 * @param <P> the payload, opaque here; the driver owns its memory until {@link ReleasePayload}
 */
public final class LedgerWriter<P> {
    private static final CompleteAdd.Outcome ACKNOWLEDGED = new CompleteAdd.Outcome.Acknowledged();

    private final Outbox<WriterTraffic<P>> outbox = new Outbox<>();
    private final MetadataRegister register;
    private final AddWindow<P> window;
    private final BookieFailures failures;
    private final Durability durability;
    private final ForceRounds forces;

    /** Present from close or poisoning on. Then the window is empty for good. */
    private Optional<WriteFailure> failure = Optional.empty();

    /** The end this writer wants; fixed together with {@link #failure}. */
    private Optional<LedgerMetadata.End> end = Optional.empty();

    /** A change of the ensemble goes on with {@link #onRetryDue}. */
    private boolean awaitingStore;

    private boolean finished;

    /** @param created the record as this client created it: open, one fragment, nothing written */
    public LedgerWriter(
            Versioned<LedgerMetadata> created,
            Durability durability,
            PlacementPolicy placement,
            ClusterSnapshot cluster,
            Dice dice) {
        LedgerMetadata metadata = created.value();
        Invariant.check(
                metadata.state() == LedgerState.OPEN && metadata.fragments().size() == 1,
                "a writer starts with a new ledger");
        this.register = new MetadataRegister(created, outbox::emit);
        this.window =
                new AddWindow<>(metadata.quorum(), metadata.lastFragment().ensemble(), -1L, 0L, false, outbox::emit);
        this.failures = new BookieFailures(metadata.quorum(), placement, cluster, dice);
        this.durability = durability;
        this.forces = new ForceRounds(outbox::emit);
        if (isDeferred()) {
            window.capLac(forces.lastForced());
        }
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
        replaceLateFailures();
        return OptionalLong.of(entryId);
    }

    /**
     * As {@link #append(Object, int)} with an id of the application's choice: any that was not used before, in any order.
     * Acknowledgements come in the order of ids all the same, so a gap holds back everything above it. A handle uses one
     * of the two only.
     */
    public Taking append(long entryId, P payload, int payloadBytes) {
        if (failure.isPresent()) {
            return Taking.REFUSED;
        }
        if (!window.append(entryId, payload, payloadBytes)) {
            return Taking.DUPLICATE;
        }
        replaceLateFailures();
        return Taking.TAKEN;
    }

    private void replaceLateFailures() {
        if (!window.isHeld() && failures.concern(window.ensemble())) {
            startEnsembleChange();
        }
    }

    /** The answer to one {@link SendAdd}; {@code position} and {@code bookie} are those of the effect. */
    public void onAddReply(int position, BookieId bookie, long entryId, AddReply reply) {
        if (failure.isPresent()) {
            return;
        }
        if (reply.isFatal()) {
            if (window.isCurrent(position, bookie)) {
                poison(WriteFailure.ofRefusal(bookie, reply));
            }
            return;
        }
        switch (window.onReply(position, bookie, entryId, reply == AddReply.STORED)) {
            case STALE -> {}
            case STORED -> acknowledge();
            case FAILED -> {
                if (failures.addReplaceable(position, bookie) || window.isBroken(entryId)) {
                    startEnsembleChange();
                }
            }
            case FAILED_LATE -> failures.addReplaceable(position, bookie);
        }
    }

    /**
     * The bookie is known to be lost although no request told so; replaced now if adds wait for it, else later. With
     * deferred sync this must be called whenever a connection is lost: the bookie may have been started again, without
     * what it held in memory, and its answer to a later force would say nothing of that.
     */
    public void onBookieFailed(BookieId bookie) {
        int position = window.ensemble().indexOf(bookie);
        boolean nothingToLose = isDeferred() && !hasUnforced() && window.size() == 0;
        if (failure.isPresent() || position < 0 || nothingToLose) {
            return;
        }
        failures.add(position, bookie);
        if (isDeferred() || window.needs(position)) {
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
            outbox.emit(new CompleteAdd(next.getAsLong(), ACKNOWLEDGED));
        }
    }

    /**
     * Asks the bookies to put on disk what is acknowledged so far; with deferred sync the last-add-confirmed follows.
     * Ends in {@link CompleteForce} with the returned id. Without deferred sync everything acknowledged is on disk.
     */
    public long force() {
        if (failure.isPresent()) {
            return forces.fail(failure.get());
        }
        return hasUnforced()
                ? forces.start(window.ensemble(), window.lastConfirmed(), window.confirmedBytes())
                : forces.succeed(lastAddConfirmed());
    }

    /** The answer to one {@link SendForce}. */
    public void onForceReply(long forceId, int position, BookieId bookie, boolean synced) {
        forces.onReply(forceId, position, bookie, synced);
        if (isDeferred()) {
            window.capLac(forces.lastForced());
        }
    }

    private boolean isDeferred() {
        return durability == Durability.DEFERRED_SYNC;
    }

    /** Entries are acknowledged that bookies may hold in memory only. */
    private boolean hasUnforced() {
        return isDeferred() && forces.lastForced() < window.lastConfirmed();
    }

    private void startEnsembleChange() {
        if (window.isHeld()) {
            return; // The change under way looks at all failures again before it ends.
        }
        if (hasUnforced()) {
            // The new fragment would begin above entries that the failed bookie was counted for and may have lost.
            poison(WriteFailure.ofUnforced(forces.lastForced(), failures.names()));
            return;
        }
        window.hold();
        changeEnsemble();
    }

    /** Decides on the stored record; called again after each answer of the store until no failed bookie is left. */
    private void changeEnsemble() {
        LedgerMetadata stored = register.current().value();
        long start = window.lastConfirmed() + 1;
        // Who could not be replaced a moment ago was forgotten. Now there may be somebody who can take over.
        window.missingPositions().stream()
                .forEach(position -> failures.add(position, window.ensemble().get(position)));
        if (stored.state() == LedgerState.CLOSED) {
            poison(WriteFailure.ofClosedElsewhere());
        } else if (stored.state() == LedgerState.IN_RECOVERY) {
            poison(WriteFailure.ofRecoveryElsewhere());
        } else if (stored.lastFragment().firstEntryId() > start) {
            poison(WriteFailure.ofFragmentBeyond(stored.lastFragment().firstEntryId(), start - 1));
        } else if (failures.concern(stored.lastFragment().ensemble())) {
            int failed = failures.count();
            Optional<List<BookieId>> changed =
                    failures.replaceIn(stored.lastFragment().ensemble(), isDeferred());
            if (isDeferred() && failures.count() < failed) {
                // What a failed one acknowledged before may be lost, and would still count.
                poison(WriteFailure.ofNoReplacement(failures.describe()));
            } else if (changed.isPresent()) {
                register.swap(stored.withFragment(new Fragment(start, changed.get())));
            } else {
                // Nobody can take over. The members that are left do, for as long as they make ack quorums.
                settle(stored.lastFragment().ensemble());
            }
        } else {
            settle(stored.lastFragment().ensemble());
        }
    }

    /** The stored ensemble has no bad member that could be replaced: from here acks count again. */
    private void settle(List<BookieId> ensemble) {
        if (register.isDoubtful()) {
            // A proposal of a moment ago may still be stored, and would begin at entries that are acknowledged by then.
            register.swap(register.current().value());
            return;
        }
        window.resume(ensemble);
        if (window.isBroken()) {
            // A member that failed some entry for good could not be replaced.
            poison(WriteFailure.ofNoReplacement(failures.describe()));
            return;
        }
        failures.settled();
        acknowledge();
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
            case FAILED -> {
                if (failure.isPresent()) {
                    giveUp(WriteFailure.ofStore(register.failure()));
                } else {
                    awaitingStore = true; // Nobody else can write the ledger meanwhile, so the change can wait.
                    outbox.emit(new RetryLater());
                }
            }
        }
    }

    /** The pause after a {@link RetryLater} is over: what became of the proposal is asked anew. */
    public void onRetryDue() {
        if (awaitingStore && failure.isEmpty()) {
            awaitingStore = false;
            register.refresh();
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

    /** Neither pending entries nor unforced ones count for the end and its length. */
    private void stop(WriteFailure reason) {
        if (failure.isPresent()) {
            return;
        }
        failure = Optional.of(reason);
        for (long entryId : window.failAll()) {
            outbox.emit(new CompleteAdd(entryId, new CompleteAdd.Outcome.Failed(reason)));
        }
        forces.failAll(reason);
        end = Optional.of(
                isDeferred()
                        ? new LedgerMetadata.End(forces.lastForced(), forces.lengthForced())
                        : new LedgerMetadata.End(window.lastConfirmed(), window.confirmedBytes()));
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
            finish(new CompleteClose.Outcome.Failed(
                    WriteFailure.ofOtherEnd(stored.end().get().lastEntryId(), wanted.lastEntryId())));
        }
    }

    private void finish(CompleteClose.Outcome outcome) {
        finished = true;
        outbox.emit(new CompleteClose(outcome));
    }

    public void drainTo(WriterTraffic<P> handler) {
        outbox.drainTo(handler);
    }

    /** Highest entry that the writer vouches for, -1 before the first; with deferred sync the last forced one. */
    public long lastAddConfirmed() {
        return isDeferred() ? forces.lastForced() : window.lastConfirmed();
    }

    /** Highest entry whose append was acknowledged to the application, -1 before the first. */
    public long lastAcknowledged() {
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
