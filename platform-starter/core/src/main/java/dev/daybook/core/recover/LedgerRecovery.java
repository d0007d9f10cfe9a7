package dev.daybook.core.recover;

import dev.daybook.core.effect.Dice;
import dev.daybook.core.effect.Invariant;
import dev.daybook.core.effect.Outbox;
import dev.daybook.core.metadata.MetadataRegister;
import dev.daybook.core.metadata.MetadataReply;
import dev.daybook.core.metadata.SwapReply;
import dev.daybook.core.place.ClusterSnapshot;
import dev.daybook.core.place.PlacementPolicy;
import dev.daybook.core.quorum.Answer;
import dev.daybook.core.quorum.Striping;
import dev.daybook.core.read.DiscardEntry;
import dev.daybook.core.read.LastEntry;
import dev.daybook.core.read.SendRead;
import dev.daybook.core.read.VerifiedEntry;
import dev.daybook.core.write.AddReply;
import dev.daybook.core.write.BookieFailures;
import dev.daybook.protocol.model.BookieId;
import dev.daybook.protocol.model.LedgerMetadata;
import dev.daybook.protocol.model.LedgerState;
import dev.daybook.protocol.model.Versioned;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * Stops the writer of a ledger and makes every client agree on its end. Source: client protocol specification, section
 * 18; R1 to R7 are its steps.
 *
 * <p>Not thread-safe: one loop owns it. It has no clock: the driver reports a request that outlives its deadline as
 * {@link Answer.Reason#TIMEOUT} or {@link AddReply#FAILED}. Every decision is taken as soon as enough answers are in,
 * so one silent bookie costs nothing while the others suffice.
 *
 * @param <P> the payload, opaque here
 */
public final class LedgerRecovery<P> {
    private final Outbox<RecoveryTraffic<P>> outbox = new Outbox<>();
    private final MetadataRegister register;
    private final BookieFailures failures;
    private final RecoveryLimits limits;

    private Phase phase = Phase.MARKING;
    private Optional<FenceRound> fencing = Optional.empty();
    private Optional<ForwardCopy<P>> copy = Optional.empty();
    private Optional<EntryPoll<P>> measuring = Optional.empty();
    private Optional<LedgerMetadata.End> end = Optional.empty();

    /** In the order they happen. */
    private enum Phase {
        /** R1. */
        MARKING,
        /** R2 and R3. */
        FENCING,
        /** R4 to R6. */
        COPYING,
        /** Section 18.4: nothing was written back, so the length has to be found out. */
        MEASURING,
        /** R7. */
        CLOSING,
        DONE
    }

    /** @param current the record as just read; may be closed already */
    public LedgerRecovery(
            Versioned<LedgerMetadata> current,
            PlacementPolicy placement,
            ClusterSnapshot cluster,
            Dice dice,
            RecoveryLimits limits) {
        this.register = new MetadataRegister(current, outbox::emit);
        this.failures = new BookieFailures(current.value().quorum(), placement, cluster, dice);
        this.limits = limits;
    }

    /** Call once, first. */
    public void start() {
        mark();
    }

    /**
     * R1. From here the old writer cannot change the ensemble any more. This comes before fencing, otherwise the writer
     * could move on to bookies that nobody fences.
     */
    private void mark() {
        switch (register.current().value().state()) {
            case CLOSED -> finishClosed();
            case OPEN -> register.swap(register.current().value().inRecovery());
            case IN_RECOVERY -> fence();
        }
    }

    public void onMetadataSwapped(SwapReply reply) {
        proceed(register.onSwapped(reply));
    }

    public void onMetadataRead(MetadataReply reply) {
        proceed(register.onRead(reply));
    }

    private void proceed(MetadataRegister.Progress progress) {
        if (phase == Phase.DONE) {
            return;
        }
        switch (progress) {
            case WAIT -> {}
            case DECIDE -> {
                if (phase == Phase.MARKING) {
                    mark();
                } else {
                    closeRecord();
                }
            }
            case GONE -> fail(new RecoveryFailure(RecoveryFailure.Kind.LEDGER_DELETED, "The ledger was deleted."));
            case FAILED ->
                fail(new RecoveryFailure(
                        RecoveryFailure.Kind.METADATA_UNAVAILABLE,
                        "The metadata service did not store a step of the recovery: " + register.failure()));
        }
    }

    /** R2. The ensemble of this moment is the cohort: it is what gets fenced, and what is read from, to the end. */
    private void fence() {
        phase = Phase.FENCING;
        LedgerMetadata metadata = register.current().value();
        FenceRound round = new FenceRound(metadata.quorum(), metadata.lastFragment());
        fencing = Optional.of(round);
        for (int position = 0; position < round.cohort().ensemble().size(); position++) {
            outbox.emit(new SendFence(position, round.cohort().ensemble().get(position)));
        }
    }

    /**
     * The answer to one {@link SendFence}. Positive: the bookie is fenced, durably, and this is its last entry. Negative:
     * it is fenced, durably, and has no entry.
     */
    public void onFenceReply(int position, BookieId bookie, Answer<LastEntry> answer) {
        if (phase != Phase.FENCING) {
            return;
        }
        FenceRound round = fencing.orElseThrow();
        round.onAnswer(position, bookie, answer);
        if (answer instanceof Answer.Unknown<LastEntry> unknown && unknown.reason() == Answer.Reason.UNAUTHORIZED) {
            fail(RecoveryFailure.ofAnswer(Answer.Reason.UNAUTHORIZED, "fencing the ledger"));
        } else if (round.isCovered()) {
            copyForward(round);
        } else if (round.isExhausted()) {
            fail(RecoveryFailure.ofAnswer(round.error().orElse(Answer.Reason.FAILED), "fencing the ledger"));
        }
    }

    /** R3 and on. */
    private void copyForward(FenceRound round) {
        phase = Phase.COPYING;
        ForwardCopy<P> forward = new ForwardCopy<>(
                register.current().value().quorum(), round.cohort(), round.startLac(), failures, limits, outbox);
        copy = Optional.of(forward);
        forward.start();
    }

    /** The answer to one {@code SendRead}. A negative must come from a bookie whose fence is durable. */
    public void onReadReply(int position, BookieId bookie, long entryId, Answer<VerifiedEntry<P>> answer) {
        if (phase == Phase.MEASURING) {
            measure(position, bookie, entryId, answer);
        } else if (phase == Phase.COPYING) {
            copy.orElseThrow().onReadReply(position, bookie, entryId, answer);
            lookAtCopy();
        } else {
            discard(answer);
        }
    }

    /** The answer to one {@code SendAdd}. */
    public void onAddReply(int position, BookieId bookie, long entryId, AddReply reply) {
        if (phase == Phase.COPYING) {
            copy.orElseThrow().onAddReply(position, bookie, entryId, reply);
            lookAtCopy();
        }
    }

    private void lookAtCopy() {
        ForwardCopy<P> forward = copy.orElseThrow();
        if (forward.failure().isPresent()) {
            fail(forward.failure().get());
        } else if (forward.isComplete()) {
            findLength(forward);
        }
    }

    /** The length at the last entry, not that of whatever entry a bookie happens to have on top. */
    private void findLength(ForwardCopy<P> forward) {
        long last = forward.lastEntryId();
        OptionalLong length = forward.length();
        if (last < 0) {
            length = OptionalLong.of(0L);
        } else if (length.isEmpty()) {
            length = fencing.orElseThrow().lengthOf(last);
        }
        if (length.isPresent()) {
            close(new LedgerMetadata.End(last, length.getAsLong()));
            return;
        }
        phase = Phase.MEASURING;
        LedgerMetadata metadata = register.current().value();
        EntryPoll<P> poll = new EntryPoll<>(
                metadata.quorum(), last, metadata.fragmentOf(last).ensemble());
        measuring = Optional.of(poll);
        for (int position : Striping.writeSet(metadata.quorum(), last)) {
            outbox.emit(new SendRead(position, poll.ensemble().get(position), last, false));
        }
    }

    private void measure(int position, BookieId bookie, long entryId, Answer<VerifiedEntry<P>> answer) {
        discard(answer);
        EntryPoll<P> poll = measuring.orElseThrow();
        if (poll.entryId() != entryId || !poll.onAnswer(position, bookie, answer)) {
            return;
        }
        if (poll.found().isPresent()) {
            close(new LedgerMetadata.End(entryId, poll.found().get().length()));
        } else if (poll.isExhausted()) {
            if (poll.error().isPresent()) {
                fail(RecoveryFailure.ofAnswer(poll.error().get(), "reading the length at entry " + entryId));
            } else {
                // Every copy of a confirmed entry is gone. An inexact length beats a ledger that can never be closed.
                close(new LedgerMetadata.End(entryId, fencing.orElseThrow().lengthAtMaxLac()));
            }
        }
    }

    /** R7. */
    private void close(LedgerMetadata.End wanted) {
        phase = Phase.CLOSING;
        end = Optional.of(wanted);
        closeRecord();
    }

    /** One swap publishes the ensembles and the end together. */
    private void closeRecord() {
        LedgerMetadata stored = register.current().value();
        if (stored.isClosed()) {
            finishClosed(); // By this recovery or by another client; whoever was first is right.
        } else if (stored.state() != LedgerState.IN_RECOVERY
                || !stored.lastFragment().equals(fencing.orElseThrow().cohort())) {
            fail(new RecoveryFailure(
                    RecoveryFailure.Kind.METADATA_CONFLICT,
                    "The last fragment of the record was changed during recovery, which no correct client does."));
        } else {
            register.swap(copy.orElseThrow().publishIn(stored).closedAt(end.orElseThrow()));
        }
    }

    private void finishClosed() {
        finish(new CompleteRecovery.Outcome.Closed(register.current()));
    }

    private void fail(RecoveryFailure reason) {
        finish(new CompleteRecovery.Outcome.Failed(reason));
    }

    private void finish(CompleteRecovery.Outcome outcome) {
        Invariant.check(phase != Phase.DONE, "a recovery ends once");
        phase = Phase.DONE;
        copy.ifPresent(ForwardCopy::stop);
        outbox.emit(new CompleteRecovery(outcome));
    }

    private void discard(Answer<VerifiedEntry<P>> answer) {
        if (answer instanceof Answer.Positive<VerifiedEntry<P>> positive) {
            outbox.emit(new DiscardEntry<>(positive.value()));
        }
    }

    /** The bookies that replacements are chosen from have changed. */
    public void onClusterChanged(ClusterSnapshot newCluster) {
        failures.onClusterChanged(newCluster);
    }

    /** The client shuts down. */
    public void abandon() {
        if (phase != Phase.DONE) {
            fail(new RecoveryFailure(RecoveryFailure.Kind.CLIENT_CLOSED, "The client is closed."));
        }
    }

    public void drainTo(RecoveryTraffic<P> handler) {
        outbox.drainTo(handler);
    }

    public boolean isDone() {
        return phase == Phase.DONE;
    }
}
