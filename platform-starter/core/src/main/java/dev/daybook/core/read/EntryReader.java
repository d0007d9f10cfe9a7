package dev.daybook.core.read;

import dev.daybook.core.effect.Invariant;
import dev.daybook.core.effect.Outbox;
import dev.daybook.core.quorum.Answer;
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
    private final ReplicaWalk walk;

    private boolean done;

    /** Asks in write set order. */
    public EntryReader(long entryId, LedgerMetadata metadata) {
        this(entryId, metadata, writeOrder(entryId, metadata));
    }

    /** @param order positions of the write set in the order to ask them, each once */
    public EntryReader(long entryId, LedgerMetadata metadata, List<Integer> order) {
        this.entryId = entryId;
        this.walk = new ReplicaWalk(metadata.fragmentOf(entryId).ensemble(), order);
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
        Invariant.check(!walk.hasBegun(), "a read starts once");
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
        if (!walk.takes(position) || done) {
            discard(answer);
        } else if (answer instanceof Answer.Positive<VerifiedEntry<P>> positive) {
            finish(
                    new CompleteRead.Outcome.Found<>(positive.value(), walk.bookie(position)),
                    walk.slowerThan(position));
        } else {
            onMiss(position, answer);
        }
    }

    private void onMiss(int position, Answer<VerifiedEntry<P>> answer) {
        ReplicaWalk.Next next = walk.onMiss(position, answer);
        if (next == ReplicaWalk.Next.ASK) {
            askNext();
        } else if (next == ReplicaWalk.Next.EXHAUSTED) {
            finish(
                    walk.reason()
                            .<CompleteRead.Outcome<P>>map(CompleteRead.Outcome.Failed::new)
                            .orElseGet(CompleteRead.Outcome.Absent::new),
                    List.of());
        }
    }

    private void askNext() {
        walk.next().ifPresent(position -> outbox.emit(new SendRead(position, walk.bookie(position), entryId, false)));
    }

    private void finish(CompleteRead.Outcome<P> outcome, List<BookieId> slow) {
        done = true;
        outbox.emit(new CompleteRead<>(entryId, outcome, slow, walk.defects()));
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

    /** The bookies that were asked and have not answered. */
    public List<BookieId> waitedFor() {
        return walk.waitedFor();
    }
}
