package dev.daybook.engine.request;

import dev.daybook.engine.journal.JournalRecord;
import dev.daybook.engine.ledger.Ledger;
import dev.daybook.engine.ledger.LedgerTable;
import java.util.Optional;

/**
 * Makes tombstones. A tombstone refuses the adds of writers, so that nobody creates a deleted ledger anew, but takes
 * recovery adds, by which repair brings a ledger back.
 */
final class Deletions<P, T> {
    private final Outbox<P, T> outbox;
    private final LedgerTable ledgers;
    private final Facts<P, T> facts;
    private final LongPolls polls;

    Deletions(Outbox<P, T> outbox, LedgerTable ledgers, Facts<P, T> facts, LongPolls polls) {
        this.outbox = outbox;
        this.ledgers = ledgers;
        this.facts = facts;
        this.polls = polls;
    }

    /** Answered with OK when the tombstone is durable, also if there was nothing to delete. */
    void delete(long ledgerId, long nowMillis, T ticket) {
        Optional<Ledger> known = ledgers.find(ledgerId);
        if (known.isEmpty() || known.get().isGone()) {
            done(ticket, Verdict.OK);
            return;
        }
        Ledger ledger = known.get();
        ledger.beginDeletion();
        polls.releaseAll(ledgerId);
        outbox.emit(new Effect.Journal<>(BookieCore.append(
                new JournalRecord.Delete<>(ledgerId, nowMillis), new Append.Outcome() {
                    @Override
                    public void synced() {
                        facts.bury(ledger, nowMillis);
                        done(ticket, Verdict.OK);
                    }

                    @Override
                    public void failed() {
                        done(ticket, Verdict.IO_ERROR);
                    }
                })));
    }

    /**
     * Deletes the copy of a ledger that exists, but not on this bookie. Whoever adds entries now may be bringing it
     * back, in which case it stays and the answer is TOO_MANY_REQUESTS: not at this moment.
     *
     * @param sinceFlush the current flush when the metadata was first seen to have no copy here
     */
    void evict(long ledgerId, long sinceFlush, long nowMillis, T ticket) {
        Optional<Ledger> known = ledgers.find(ledgerId);
        if (known.isPresent() && !known.get().isUntouchedSince(sinceFlush)) {
            done(ticket, Verdict.TOO_MANY_REQUESTS);
        } else {
            delete(ledgerId, nowMillis, ticket);
        }
    }

    private void done(T ticket, Verdict verdict) {
        outbox.emit(new Effect.Reply<>(ticket, new Answer.Done<>(verdict)));
    }
}
