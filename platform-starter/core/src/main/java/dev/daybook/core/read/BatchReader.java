package dev.daybook.core.read;

import dev.daybook.core.effect.Invariant;
import dev.daybook.core.effect.Outbox;
import dev.daybook.core.quorum.Answer;
import dev.daybook.protocol.model.BookieId;
import dev.daybook.protocol.model.LedgerMetadata;
import java.util.List;

/**
 * Reads a run of entries by one request to one replica, and goes to the next replica as the reading of a single entry
 * does. Only for ledgers that write every entry to the whole ensemble: a striped one is cut off at the first entry that
 * the bookie does not hold. Source: client protocol specification, section 10.5.
 *
 * <p>It is done when entries are at hand that were verified, never before: an answer whose first entry is damaged, or
 * that holds nothing, counts as unknown, and the next replica is asked (fault B9 of the peer).
 *
 * <p>Not thread-safe: one loop owns it. That all of the run lies in one fragment and is confirmed is the caller's check.
 */
public final class BatchReader<P> {
    private final Outbox<BatchTraffic<P>> outbox = new Outbox<>();
    private final long firstEntryId;
    private final int maxCount;
    private final long maxBytes;
    private final ReplicaWalk walk;

    private boolean done;

    /** @param order positions of the ensemble in the order to ask them, each once */
    public BatchReader(long firstEntryId, int maxCount, long maxBytes, LedgerMetadata metadata, List<Integer> order) {
        Invariant.check(
                metadata.quorum().ensemble() == metadata.quorum().write(), "batches need whole copies on every bookie");
        Invariant.check(maxCount > 0, "a batch has room for an entry");
        this.firstEntryId = firstEntryId;
        this.maxCount = maxCount;
        this.maxBytes = maxBytes;
        this.walk = new ReplicaWalk(metadata.fragmentOf(firstEntryId).ensemble(), order);
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

    /** The answer to one {@link SendBatchRead}. */
    public void onBatchReply(int position, Answer<BatchAnswer<P>> answer) {
        if (!walk.takes(position) || done) {
            discard(answer);
        } else if (answer instanceof Answer.Positive<BatchAnswer<P>> positive
                && !positive.value().entries().isEmpty()) {
            onFound(position, positive.value());
        } else if (answer instanceof Answer.Positive<BatchAnswer<P>>) {
            // Success without entries is against the protocol and says nothing of what the bookie holds.
            onMiss(position, Answer.unknown(Answer.Reason.FAILED));
        } else {
            onMiss(position, answer);
        }
    }

    private void onFound(int position, BatchAnswer<P> answer) {
        List<VerifiedEntry<P>> entries = answer.entries();
        for (int i = 0; i < entries.size(); i++) {
            Invariant.check(
                    entries.get(i).entryId() == firstEntryId + i,
                    "a batch has no gaps",
                    firstEntryId + i,
                    entries.get(i).entryId());
        }
        if (answer.damaged()) {
            walk.onDefect(position, Defect.Kind.CORRUPT);
        }
        int kept = Math.min(maxCount, entries.size());
        entries.subList(kept, entries.size()).forEach(this::discard);
        finish(
                new CompleteBatch.Outcome.Found<>(entries.subList(0, kept), walk.bookie(position)),
                walk.slowerThan(position));
    }

    private void onMiss(int position, Answer<?> answer) {
        ReplicaWalk.Next next = walk.onMiss(position, answer);
        if (next == ReplicaWalk.Next.ASK) {
            askNext();
        } else if (next == ReplicaWalk.Next.EXHAUSTED) {
            finish(
                    walk.reason()
                            .<CompleteBatch.Outcome<P>>map(CompleteBatch.Outcome.Failed::new)
                            .orElseGet(CompleteBatch.Outcome.Absent::new),
                    List.of());
        }
    }

    private void askNext() {
        walk.next()
                .ifPresent(position -> outbox.emit(
                        new SendBatchRead(position, walk.bookie(position), firstEntryId, maxCount, maxBytes)));
    }

    private void finish(CompleteBatch.Outcome<P> outcome, List<BookieId> slow) {
        done = true;
        outbox.emit(new CompleteBatch<>(firstEntryId, outcome, slow, walk.defects()));
    }

    private void discard(Answer<BatchAnswer<P>> answer) {
        if (answer instanceof Answer.Positive<BatchAnswer<P>> positive) {
            positive.value().entries().forEach(this::discard);
        }
    }

    private void discard(VerifiedEntry<P> entry) {
        outbox.emit(new DiscardFromBatch<>(entry));
    }

    public void drainTo(BatchTraffic<P> handler) {
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
