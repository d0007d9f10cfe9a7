package dev.daybook.engine.request;

import dev.daybook.engine.journal.JournalRecord;
import dev.daybook.engine.ledger.Doubt;
import dev.daybook.engine.ledger.Ledger;
import dev.daybook.engine.ledger.LedgerRow;
import dev.daybook.engine.ledger.LedgerTable;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Consumer;

/**
 * What requests mean for the ledgers of one shard. Owned by one thread. Every method may leave effects, which the driver
 * performs with {@link #drainTo} after the call. Source: wire protocol, section 6.
 *
 * <p>An entry becomes visible at the step that makes it acknowledgeable: when its journal record is synced, or written
 * for a deferred-sync add. So what reads can see is what a restart brings back.
 *
 * @param <P> the packaged entry, which the core cannot look into
 * @param <T> the ticket by which the driver knows a request again
 */
public final class BookieCore<P, T> {
    private final Outbox<P, T> outbox = new Outbox<>();
    private final LedgerTable ledgers;
    private final Admission admission;
    private final Fences<P, T> fences = new Fences<>(outbox);
    private final LongPolls polls = new LongPolls();
    private final Limbo<P, T> limbo = new Limbo<>(outbox, fences);
    private final Openings<P, T> openings;
    private final Reads<P, T> reads;
    private final Facts<P, T> facts;
    private final Deletions<P, T> deletions;

    private long nowMillis;

    /**
     * @param currentFlush number of the flush that will take what is stored from now on
     * @param sizes tells how many bytes an entry has
     */
    public BookieCore(long currentFlush, EntrySize<P> sizes) {
        this.ledgers = new LedgerTable(currentFlush);
        this.admission = new Admission(ledgers);
        this.openings = new Openings<>(outbox, ledgers, limbo);
        this.reads = new Reads<>(outbox, ledgers, polls, sizes);
        this.facts = new Facts<>(outbox, ledgers);
        this.deletions = new Deletions<>(outbox, ledgers, facts, polls);
    }

    /** Tells the size of an entry without the core looking into it. */
    public interface EntrySize<P> {
        int bytesOf(P payload);
    }

    // Requests.

    public void onAdd(AddCommand<P> add, T ticket) {
        Optional<Ledger> known = ledgers.find(add.ledgerId());
        Optional<Verdict> refusal = admission.refusalOf(add, known);
        if (refusal.isPresent()) {
            facts.release(add.payload());
            done(ticket, refusal.get());
            return;
        }
        Ledger ledger = openings.forWriting(known, add.ledgerId(), add.masterKey());
        ledger.touch(ledgers.currentFlush());
        JournalRecord<P> entry = new JournalRecord.Entry<>(add.ledgerId(), add.entryId(), add.lac(), add.payload());
        boolean deferred = add.deferredSync() && !add.recovery();
        journal(new Append<>(
                add.ledgerId(), Optional.of(entry), deferred, new AddOutcome(ledger, add, deferred, ticket)));
    }

    public void onRead(ReadCommand read, T ticket) {
        if (read.fence()) {
            fenceThen(read.ledgerId(), read.masterKey(), verdict -> {
                if (verdict == Verdict.OK) {
                    reads.readFenced(read, ticket);
                } else {
                    outbox.emit(new Effect.Reply<>(ticket, Answer.Entry.failed(verdict)));
                }
            });
        } else {
            reads.read(read, nowMillis, ticket);
        }
    }

    public void onBatchRead(BatchCommand batch, T ticket) {
        if (batch.fence()) {
            fenceThen(batch.ledgerId(), batch.masterKey(), verdict -> {
                if (verdict == Verdict.OK) {
                    reads.batch(batch, ticket);
                } else {
                    outbox.emit(new Effect.Reply<>(ticket, new Answer.Batch<>(verdict, List.of())));
                }
            });
        } else {
            reads.batch(batch, ticket);
        }
    }

    /**
     * @param lac read from the bytes; meaningless if they are not well-formed
     * @param wellFormed the body holds at least its first 16 bytes
     */
    public void onWriteLac(long ledgerId, long lac, byte[] masterKey, byte[] bytes, boolean wellFormed, T ticket) {
        Optional<Ledger> known = ledgers.find(ledgerId);
        Optional<Verdict> refusal = admission.refusalOfWriteLac(masterKey, wellFormed, known);
        if (refusal.isPresent()) {
            done(ticket, refusal.get());
            return;
        }
        Ledger ledger = openings.forWriting(known, ledgerId, masterKey);
        journal(append(new JournalRecord.ExplicitLac<>(ledgerId, lac, bytes), new Append.Outcome() {
            @Override
            public void synced() {
                if (ledger.isDeleted()) {
                    done(ticket, Negatives.absent(ledgers, ledgerId));
                    return;
                }
                if (ledger.setExplicitLac(bytes, lac)) {
                    polls.lacRose(ledger, nowMillis);
                }
                done(ticket, Verdict.OK);
            }

            @Override
            public void failed() {
                done(ticket, Verdict.IO_ERROR);
            }
        }));
    }

    public void onReadLac(long ledgerId, T ticket) {
        reads.readLac(ledgerId, ticket);
    }

    public void onEntryList(long ledgerId, T ticket) {
        reads.list(ledgerId, ticket);
    }

    /** Answered after a sync of everything journaled before; of what was forgotten nobody can say that it is on disk. */
    public void onForce(long ledgerId, T ticket) {
        if (ledgers.isUncertain(ledgerId)) {
            done(ticket, Verdict.UNKNOWN_LEDGER_STATE);
        } else {
            journal(new Append<>(ledgerId, Optional.empty(), false, new DoneOutcome(ticket)));
        }
    }

    /** The metadata store has proven that the ledger does not exist any more. */
    public void onDelete(long ledgerId, T ticket) {
        deletions.delete(ledgerId, nowMillis, ticket);
    }

    /** As described at {@link Deletions#evict}. */
    public void onEvict(long ledgerId, long sinceFlush, T ticket) {
        deletions.evict(ledgerId, sinceFlush, nowMillis, ticket);
    }

    /**
     * Entries of the ledger may be missing here. What was lost may include the fence, the ledger itself, and that a
     * deleted ledger had come back, so it is fenced, and an unknown one is created. Answered when all that is durable.
     *
     * @param masterKey for a ledger whose key is unknown; empty if nobody knows it
     */
    public void onLimboBegin(long ledgerId, byte[] masterKey, T ticket) {
        Optional<Ledger> known = ledgers.find(ledgerId);
        if (known.isPresent() && known.get().isGone() && !known.get().isDeleted()) {
            done(ticket, Verdict.OK); // It is on its way out.
            return;
        }
        Ledger ledger = openings.forWriting(known, ledgerId, masterKey);
        limbo.begin(ledger, verdict -> done(ticket, verdict));
        polls.releaseAll(ledgerId);
    }

    /** Everything of the ledger that was acknowledged here has been brought back. The fence stays. */
    public void onLimboEnd(long ledgerId, T ticket) {
        Optional<Ledger> known = ledgers.find(ledgerId);
        if (known.isEmpty() || known.get().isGone()) {
            done(ticket, Verdict.OK);
            return;
        }
        limbo.end(known.get(), verdict -> done(ticket, verdict));
    }

    /** What may have been forgotten; ends with {@link Doubt#NONE} when every ledger concerned is in limbo. */
    public void setDoubt(Doubt doubt) {
        ledgers.setDoubt(doubt);
    }

    // What became of effects.

    /** The operating system has the record of a deferred-sync add. */
    public void onWritten(Append<P> append) {
        append.outcome().written();
    }

    /** The record is durable. Calls for records of one ledger come in the order in which they were emitted. */
    public void onSynced(Append<P> append) {
        append.outcome().synced();
    }

    /** The record may be lost. Nothing can be promised any more until a restart. */
    public void onAppendFailed(Append<P> append) {
        admission.setJournalFailed();
        append.outcome().failed();
    }

    public void onLookup(Lookup<P> lookup, LookupResult<P> result) {
        lookup.outcome().accept(result);
    }

    public void onListed(Listing listing, ListResult result) {
        listing.outcome().accept(result);
    }

    /** Tells the time, in milliseconds since the epoch, and ends the waits that are over. */
    public void onTick(long millis) {
        nowMillis = millis;
        polls.expire(millis);
    }

    /** When {@link #onTick} has to be called next at the latest. */
    public OptionalLong nextDeadlineMillis() {
        return polls.nextDeadlineMillis();
    }

    public void drainTo(Effect.Handler<P, T> handler) {
        outbox.drainTo(handler);
    }

    // State that others decide.

    public void setReadOnly(boolean readOnly) {
        admission.setReadOnly(readOnly);
    }

    /** Whether adds of ledger recovery are taken while read-only. */
    public void setHighPriorityWrites(boolean accepted) {
        admission.setHighPriorityWrites(accepted);
    }

    /** How long a deleted ledger is remembered at least. */
    public void setTombstoneMillis(long millis) {
        ledgers.setTombstoneMillis(millis);
    }

    /** While the journal waits for space whatever would have to be journaled is refused. */
    public void setJournalBlocked(boolean blocked) {
        admission.setJournalBlocked(blocked);
    }

    public List<Long> livingLedgers() {
        return ledgers.livingIds();
    }

    /** Ids of the living ledgers in limbo, in no order. */
    public List<Long> limboLedgers() {
        return ledgers.limboIds();
    }

    /** How many ledgers live. Looks at each of them, so not for every request. */
    public int livingCount() {
        return ledgers.livingCount();
    }

    /** Number of the flush that will take what is stored from now on. */
    public long currentFlush() {
        return ledgers.currentFlush();
    }

    /** Lets the next flush take all ledgers, changed or not. */
    public void touchAll() {
        ledgers.touchAll();
    }

    /**
     * Begins the next flush: what is stored from now on belongs to it.
     *
     * @param purgedFlush the index holds nothing any more that a tombstone up to this flush hides
     * @return the ledgers that changed since the last call
     */
    public List<LedgerRow> freeze(long purgedFlush) {
        return ledgers.freeze(nowMillis, purgedFlush);
    }

    // Restart.

    public void restore(LedgerRow row) {
        ledgers.restore(row);
    }

    /**
     * Takes a fact from the journal.
     *
     * @throws IllegalStateException if the fact belongs to a ledger that the journal and the checkpoint do not know
     */
    public void replay(JournalRecord<P> fact) {
        facts.replay(fact);
    }

    // Rules.

    private void fenceThen(long ledgerId, Optional<byte[]> masterKey, Consumer<Verdict> then) {
        Optional<Ledger> known = ledgers.find(ledgerId);
        Optional<Verdict> refusal = admission.refusalOfFence(masterKey, known);
        if (refusal.isPresent()) {
            then.accept(refusal.get());
            return;
        }
        Ledger ledger = openings.forWriting(known, ledgerId, masterKey.orElseThrow());
        fences.fence(ledger, then);
        polls.releaseAll(ledgerId);
    }

    private void journal(Append<P> append) {
        outbox.emit(new Effect.Journal<>(append));
    }

    private void done(T ticket, Verdict verdict) {
        outbox.emit(new Effect.Reply<>(ticket, new Answer.Done<>(verdict)));
    }

    static <P> Append<P> append(JournalRecord<P> fact, Append.Outcome outcome) {
        return new Append<>(fact.ledgerId(), Optional.of(fact), false, outcome);
    }

    private class DoneOutcome implements Append.Outcome {
        private final T ticket;

        DoneOutcome(T ticket) {
            this.ticket = ticket;
        }

        @Override
        public void synced() {
            done(ticket, Verdict.OK);
        }

        @Override
        public void failed() {
            done(ticket, Verdict.IO_ERROR);
        }
    }

    private final class AddOutcome implements Append.Outcome {
        private final Ledger ledger;
        private final AddCommand<P> add;
        private final boolean deferred;
        private final T ticket;

        /** The payload has gone where it belongs and the client has its answer; both happen once. */
        private boolean ended;

        AddOutcome(Ledger ledger, AddCommand<P> add, boolean deferred, T ticket) {
            this.ledger = ledger;
            this.add = add;
            this.deferred = deferred;
            this.ticket = ticket;
        }

        @Override
        public void written() {
            if (deferred) {
                acknowledge();
            }
        }

        @Override
        public void synced() {
            if (!deferred) {
                acknowledge();
            }
        }

        @Override
        public void failed() {
            if (!ended) {
                ended = true;
                facts.release(add.payload());
                done(ticket, Verdict.IO_ERROR);
            }
        }

        private void acknowledge() {
            ended = true;
            if (ledger.isDeleted()) {
                facts.release(add.payload());
                done(ticket, Verdict.FENCED);
                return;
            }
            if (facts.store(ledger, add.entryId(), add.lac(), add.payload())) {
                polls.lacRose(ledger, nowMillis);
            }
            done(ticket, Verdict.OK);
        }
    }
}
