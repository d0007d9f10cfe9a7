package dev.daybook.core.recover;

import dev.daybook.core.effect.Outbox;
import dev.daybook.core.quorum.Answer;
import dev.daybook.core.quorum.Striping;
import dev.daybook.core.read.DiscardEntry;
import dev.daybook.core.read.SendRead;
import dev.daybook.core.read.VerifiedEntry;
import dev.daybook.core.write.AddReply;
import dev.daybook.core.write.AddWindow;
import dev.daybook.core.write.BookieFailures;
import dev.daybook.protocol.model.BookieId;
import dev.daybook.protocol.model.Fragment;
import dev.daybook.protocol.model.LedgerMetadata;
import dev.daybook.protocol.model.Quorum;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.TreeMap;

/**
 * Reads forward from the starting point, writes back what exists, and stops at the first entry that does not. Source:
 * client protocol specification, section 18.1, steps R4 to R6.
 */
final class ForwardCopy<P> {
    private final Quorum quorum;
    /** Where entries are read from, whatever happens to the ensemble they are written back to. */
    private final Fragment cohort;

    private final RecoveryLimits limits;
    private final BookieFailures failures;
    private final Outbox<RecoveryTraffic<P>> outbox;
    private final AddWindow<P> window;
    private final long startLac;

    /** Entries asked for and not yet written back, in order. Decided strictly in order. */
    private final TreeMap<Long, EntryPoll<P>> polls = new TreeMap<>();

    /** Ensembles of this recovery alone until the closing swap publishes them together with the end. */
    private final List<Fragment> localFragments = new ArrayList<>();

    private long nextToAsk;
    private boolean endFound;
    private Optional<RecoveryFailure> failure = Optional.empty();

    ForwardCopy(
            Quorum quorum,
            Fragment cohort,
            long startLac,
            BookieFailures failures,
            RecoveryLimits limits,
            Outbox<RecoveryTraffic<P>> outbox) {
        this.quorum = quorum;
        this.cohort = cohort;
        this.startLac = startLac;
        this.failures = failures;
        this.limits = limits;
        this.outbox = outbox;
        this.nextToAsk = startLac + 1;
        this.window = new AddWindow<>(quorum, cohort.ensemble(), startLac, 0L, true, outbox::emit);
        // What is written back is not confirmed to anybody before the closing swap: the writer may still close below
        // it,
        // and its copies may lie on bookies that only this recovery knows of. So no header may call it confirmed, or a
        // reader would see entries that vanish and the next recovery would trust copies that are not there. (The peer's
        // recovery does count up; section 23, I3 is the stronger rule.)
        window.capLac(startLac);
    }

    void start() {
        askAhead();
    }

    /**
     * Every read fences: a bookie that the first round missed and that says "no such entry" now must not accept the
     * entry from the old writer later, or an acknowledged entry would be cut off.
     */
    private void askAhead() {
        while (!endFound
                && polls.size() < limits.readAheadMax()
                && polls.size() + window.size() < limits.writeBackMax()) {
            EntryPoll<P> poll = new EntryPoll<>(quorum, nextToAsk, cohort.ensemble());
            polls.put(nextToAsk, poll);
            for (int position : Striping.writeSet(quorum, nextToAsk)) {
                outbox.emit(new SendRead(position, cohort.ensemble().get(position), nextToAsk, true));
            }
            nextToAsk++;
        }
    }

    void onReadReply(int position, BookieId bookie, long entryId, Answer<VerifiedEntry<P>> answer) {
        EntryPoll<P> poll = polls.get(entryId);
        boolean kept = poll != null && poll.onAnswer(position, bookie, answer);
        if (!kept) {
            discard(answer);
        } else if (answer instanceof Answer.Unknown<VerifiedEntry<P>> unknown
                && unknown.reason() == Answer.Reason.UNAUTHORIZED) {
            fail(RecoveryFailure.ofAnswer(unknown.reason(), "reading entry " + entryId));
        }
        decideInOrder();
    }

    private void decideInOrder() {
        while (!endFound && failure.isEmpty() && !polls.isEmpty()) {
            EntryPoll<P> poll = polls.firstEntry().getValue();
            switch (poll.verdict()) {
                case OPEN -> {
                    return;
                }
                case EXISTS -> {
                    polls.remove(poll.entryId());
                    writeBack(poll.found().orElseThrow());
                    askAhead();
                }
                case ABSENT -> {
                    // Whatever exists above the first gap was never acknowledged.
                    endFound = true;
                    discardPolls();
                }
                case UNDECIDABLE ->
                    fail(RecoveryFailure.ofAnswer(
                            poll.error().orElse(Answer.Reason.FAILED), "reading entry " + poll.entryId()));
            }
        }
    }

    private void writeBack(VerifiedEntry<P> entry) {
        if (failures.concern(window.ensemble())) {
            changeEnsembleLocally();
        }
        if (failure.isPresent()) {
            outbox.emit(new DiscardEntry<>(entry));
            return;
        }
        window.setLength(entry.length() - entry.payloadBytes());
        window.append(entry.payload(), entry.payloadBytes());
    }

    void onAddReply(int position, BookieId bookie, long entryId, AddReply reply) {
        if (failure.isPresent()) {
            return;
        }
        if (reply.isFatal()) {
            if (window.isCurrent(position, bookie)) {
                fail(RecoveryFailure.ofRefusedAdd(bookie, reply));
            }
            return;
        }
        switch (window.onReply(position, bookie, entryId, reply == AddReply.STORED)) {
            case STALE -> {}
            case STORED -> release();
            case FAILED -> {
                failures.add(position, bookie);
                changeEnsembleLocally();
                release();
            }
            case FAILED_LATE -> failures.add(position, bookie);
        }
    }

    private void release() {
        while (window.releaseNext().isPresent()) {
            // Nobody waits for a single entry here.
        }
        if (failure.isEmpty()) {
            askAhead();
        }
    }

    /**
     * Replaces failed bookies for what is written from here on. Nothing is published before the end: a reader or another
     * recovery must not find an ensemble that holds nothing yet.
     *
     * <p>A bookie that nobody can replace is left in place as long as the others still form an ack quorum.
     */
    private void changeEnsembleLocally() {
        if (!failures.concern(window.ensemble())) {
            return;
        }
        Optional<List<BookieId>> changed = failures.replaceIn(window.ensemble());
        if (changed.isPresent()) {
            long start = window.lastConfirmed() + 1;
            remember(new Fragment(start, changed.get()));
            window.hold();
            window.resume(changed.get());
        }
        if (window.isBroken()) {
            fail(new RecoveryFailure(
                    RecoveryFailure.Kind.NOT_ENOUGH_BOOKIES,
                    failures.describe() + "; start more bookies and open the ledger again."));
        }
        failures.settled();
    }

    private void remember(Fragment fragment) {
        if (!localFragments.isEmpty()
                && localFragments.get(localFragments.size() - 1).firstEntryId() == fragment.firstEntryId()) {
            localFragments.remove(localFragments.size() - 1);
        }
        localFragments.add(fragment);
    }

    private void fail(RecoveryFailure reason) {
        if (failure.isEmpty()) {
            failure = Optional.of(reason);
            stop();
        }
    }

    /** Gives back every payload. */
    void stop() {
        endFound = true;
        discardPolls();
        window.failAll();
    }

    private void discardPolls() {
        polls.values().forEach(poll -> poll.found().ifPresent(entry -> outbox.emit(new DiscardEntry<>(entry))));
        polls.clear();
    }

    private void discard(Answer<VerifiedEntry<P>> answer) {
        if (answer instanceof Answer.Positive<VerifiedEntry<P>> positive) {
            outbox.emit(new DiscardEntry<>(positive.value()));
        }
    }

    Optional<RecoveryFailure> failure() {
        return failure;
    }

    /** The end is known and everything up to it has its ack quorum. */
    boolean isComplete() {
        return endFound && failure.isEmpty() && window.size() == 0;
    }

    long lastEntryId() {
        return window.lastConfirmed();
    }

    /** The ledger's length, known here if at least one entry was written back. */
    OptionalLong length() {
        return window.lastConfirmed() > startLac ? OptionalLong.of(window.length()) : OptionalLong.empty();
    }

    /** The record with this recovery's ensembles behind the cohort's. */
    LedgerMetadata publishIn(LedgerMetadata stored) {
        LedgerMetadata changed = stored;
        for (Fragment fragment : localFragments) {
            changed = changed.withFragment(fragment);
        }
        return changed;
    }
}
