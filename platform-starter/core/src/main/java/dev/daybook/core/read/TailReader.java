package dev.daybook.core.read;

import dev.daybook.core.effect.Invariant;
import dev.daybook.core.effect.Outbox;
import dev.daybook.core.quorum.Answer;
import dev.daybook.core.quorum.FirstError;
import dev.daybook.core.quorum.Striping;
import dev.daybook.protocol.model.BookieId;
import dev.daybook.protocol.model.LedgerMetadata;
import dev.daybook.protocol.model.Quorum;
import java.util.BitSet;
import java.util.List;

/**
 * Waits for one entry at the tail of a ledger by long polls, bookie after bookie. Source: client protocol specification,
 * section 12.
 *
 * <p>Not thread-safe: one loop owns it. When the metadata changes under it (new fragment, closed) the driver abandons it
 * and starts another with the new record and the known last-add-confirmed.
 */
public final class TailReader<P> {
    private final Outbox<TailTraffic<P>> outbox = new Outbox<>();
    private final long entryId;
    private final LedgerMetadata metadata;
    private final List<BookieId> ensemble;
    private final int[] order;
    private final BitSet outstanding = new BitSet();
    private final FirstError firstError = new FirstError();
    private int asked;
    private int empty;
    private boolean valid;
    private long lac;
    private boolean done;

    /** @param knownLac highest confirmed entry known to the handle, -1 if none */
    public TailReader(long entryId, LedgerMetadata metadata, long knownLac) {
        this.entryId = entryId;
        this.metadata = metadata;
        this.ensemble = metadata.lastFragment().ensemble();
        this.order = pollOrder(metadata.quorum(), entryId);
        this.lac = knownLac;
    }

    /**
     * That an entry is confirmed travels with the next one. So the first to know are the bookies that store both, and
     * in a striped ledger the entry's first replica is not among them: it comes last of the write set. The others cannot
     * enclose the entry and come after that.
     */
    private static int[] pollOrder(Quorum quorum, long entryId) {
        int[] order = Striping.ensembleSet(quorum, entryId);
        int write = quorum.write();
        if (quorum.ensemble() > write) {
            int first = order[0];
            System.arraycopy(order, 1, order, 0, write - 1);
            order[write - 1] = first;
        }
        return order;
    }

    /** Call once, first. */
    public void start() {
        Invariant.check(asked == 0, "a wait starts once");
        if (metadata.end().isPresent()) {
            long last = metadata.end().get().lastEntryId();
            finish(
                    entryId > last
                            ? new CompleteTail.Outcome.EndOfLedger<>(last)
                            : new CompleteTail.Outcome.Confirmed<>(last));
        } else if (entryId <= lac) {
            finish(new CompleteTail.Outcome.Confirmed<>(lac));
        } else {
            askNext();
        }
    }

    /** The hedge deadline passed: poll one more bookie without waiting for the others. */
    public void onHedgeDue() {
        if (!done) {
            askNext();
        }
    }

    /** The answer to one {@link SendLongPoll}. */
    public void onPollReply(int position, Answer<PollAnswer<P>> answer) {
        if (done || !outstanding.get(position)) {
            discard(answer);
            return;
        }
        outstanding.clear(position);
        if (answer instanceof Answer.Positive<PollAnswer<P>> positive) {
            onPositive(positive.value());
        } else {
            onMiss(answer);
        }
    }

    private void onPositive(PollAnswer<P> polled) {
        valid = true;
        lac = Math.max(lac, polled.lac());
        if (lac >= entryId) {
            finish(polled.entry()
                    .<CompleteTail.Outcome<P>>map(entry -> new CompleteTail.Outcome.Arrived<>(entry, lac))
                    .orElseGet(() -> new CompleteTail.Outcome.Confirmed<>(lac)));
        } else {
            // An entry that is not confirmed may still be cut off, so nobody gets to see it.
            polled.entry().ifPresent(entry -> outbox.emit(new DiscardPolled<>(entry)));
            empty++;
            if (empty > ensemble.size() - metadata.quorum().ack()) {
                finish(new CompleteTail.Outcome.NotYet<>(lac));
            } else {
                goOn();
            }
        }
    }

    private void onMiss(Answer<PollAnswer<P>> answer) {
        if (answer instanceof Answer.Unknown<PollAnswer<P>> unknown) {
            firstError.note(unknown.reason());
            if (unknown.reason() == Answer.Reason.UNAUTHORIZED) {
                finish(new CompleteTail.Outcome.Failed<>(Answer.Reason.UNAUTHORIZED));
                return;
            }
        }
        goOn();
    }

    private void goOn() {
        if (asked < order.length) {
            askNext();
        } else if (outstanding.isEmpty()) {
            finish(atTheEndOfTheRound());
        }
    }

    private CompleteTail.Outcome<P> atTheEndOfTheRound() {
        if (valid) {
            return new CompleteTail.Outcome.NotYet<>(lac);
        }
        return firstError
                .reason()
                .<CompleteTail.Outcome<P>>map(CompleteTail.Outcome.Failed::new)
                .orElseGet(CompleteTail.Outcome.Absent::new);
    }

    private void askNext() {
        if (asked < order.length) {
            int position = order[asked];
            asked++;
            outstanding.set(position);
            outbox.emit(new SendLongPoll(position, ensemble.get(position), entryId - 1));
        }
    }

    private void finish(CompleteTail.Outcome<P> outcome) {
        done = true;
        outbox.emit(new CompleteTail<>(entryId, outcome));
    }

    private void discard(Answer<PollAnswer<P>> answer) {
        if (answer instanceof Answer.Positive<PollAnswer<P>> positive) {
            positive.value().entry().ifPresent(entry -> outbox.emit(new DiscardPolled<>(entry)));
        }
    }

    public void drainTo(TailTraffic<P> handler) {
        outbox.drainTo(handler);
    }

    public boolean isDone() {
        return done;
    }

    /** Highest confirmed entry seen so far, for the handle to remember. */
    public long lastAddConfirmed() {
        return lac;
    }
}
