package dev.daybook.core.read;

import dev.daybook.core.effect.Invariant;
import dev.daybook.core.effect.Outbox;
import dev.daybook.core.quorum.Answer;
import dev.daybook.core.quorum.FirstError;
import dev.daybook.core.quorum.Striping;
import dev.daybook.protocol.model.BookieId;
import dev.daybook.protocol.model.LedgerMetadata;
import java.util.ArrayList;
import java.util.List;

/**
 * Reads one entry: replica after replica, the next one early when the driver's hedge deadline passes. The first
 * verified answer wins. Source: client protocol specification, sections 10.2 and 10.3.
 *
 * <p>Not thread-safe: one loop owns it. Whether the entry may be read at all (at or below the last confirmed one) is
 * the caller's check.
 */
public final class EntryReader<P> {
    private final Outbox<EntryTraffic<P>> outbox = new Outbox<>();
    private final long entryId;
    private final List<BookieId> ensemble;
    private final List<Integer> order;
    private final boolean[] outstanding;
    private final FirstError firstError = new FirstError();

    /** Replicas {@code order[0 .. asked)} were asked. */
    private int asked;

    private boolean done;

    /** Asks in write set order. */
    public EntryReader(long entryId, LedgerMetadata metadata) {
        this(entryId, metadata, writeOrder(entryId, metadata));
    }

    /** @param order positions of the write set in the order to ask them, each once */
    public EntryReader(long entryId, LedgerMetadata metadata, List<Integer> order) {
        this.entryId = entryId;
        this.ensemble = metadata.fragmentOf(entryId).ensemble();
        this.order = List.copyOf(order);
        this.outstanding = new boolean[ensemble.size()];
    }

    private static List<Integer> writeOrder(long entryId, LedgerMetadata metadata) {
        List<Integer> positions = new ArrayList<>();
        for (int position : Striping.writeSet(metadata.quorum(), entryId)) {
            positions.add(position);
        }
        return positions;
    }

    /** Asks the first replica. Call once. */
    public void start() {
        Invariant.check(asked == 0, "a read starts once");
        askNext();
    }

    /** The hedge deadline passed: ask one more replica without waiting for the others. */
    public void onHedgeDue() {
        if (!done) {
            askNext();
        }
    }

    /** The answer to one {@link SendRead}. */
    public void onReadReply(int position, Answer<VerifiedEntry<P>> answer) {
        if (done || !outstanding[position]) {
            discard(answer);
            return;
        }
        outstanding[position] = false;
        if (answer instanceof Answer.Positive<VerifiedEntry<P>> positive) {
            BookieId bookie = ensemble.get(position);
            finish(new CompleteRead.Outcome.Found<>(positive.value(), bookie), slowerThan(position));
        } else {
            onMiss(answer);
        }
    }

    private void onMiss(Answer<VerifiedEntry<P>> answer) {
        if (answer instanceof Answer.Unknown<VerifiedEntry<P>> unknown) {
            firstError.note(unknown.reason());
        }
        if (outstandingReads() > 0) {
            return;
        }
        if (asked < order.size()) {
            askNext();
        } else if (firstError.reason().isPresent()) {
            finish(new CompleteRead.Outcome.Failed<>(firstError.reason().get()), List.of());
        } else {
            finish(new CompleteRead.Outcome.Absent<>(), List.of());
        }
    }

    private void askNext() {
        if (asked < order.size()) {
            int position = order.get(asked);
            asked++;
            outstanding[position] = true;
            outbox.emit(new SendRead(position, ensemble.get(position), entryId, false));
        }
    }

    private int outstandingReads() {
        int count = 0;
        for (boolean waiting : outstanding) {
            count += waiting ? 1 : 0;
        }
        return count;
    }

    private List<BookieId> slowerThan(int answered) {
        List<BookieId> slow = new ArrayList<>();
        for (int position : order) {
            if (position == answered) {
                break;
            }
            if (outstanding[position]) {
                slow.add(ensemble.get(position));
            }
        }
        return slow;
    }

    private void finish(CompleteRead.Outcome<P> outcome, List<BookieId> slow) {
        done = true;
        outbox.emit(new CompleteRead<>(entryId, outcome, slow));
    }

    private void discard(Answer<VerifiedEntry<P>> answer) {
        if (answer instanceof Answer.Positive<VerifiedEntry<P>> positive) {
            outbox.emit(new DiscardEntry<>(positive.value()));
        }
    }

    public void drainTo(EntryTraffic<P> handler) {
        outbox.drainTo(handler);
    }

    public boolean isDone() {
        return done;
    }
}
