package dev.daybook.engine.request;

import dev.daybook.engine.ledger.Ledger;
import dev.daybook.engine.ledger.LedgerTable;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Consumer;

/** Everything that only reads. Source: wire protocol, sections 5.4, 6.2, 6.4, 6.6 and 6.9. */
final class Reads<P, T> {
    /** In a read request: the highest entry stored here. */
    private static final long LAST_STORED = -1;

    /** Bytes of a batch answer before its first entry, and before each entry (wire protocol, section 5.4). */
    private static final int BATCH_OVERHEAD_BYTES = 36;

    private static final int BATCH_ENTRY_OVERHEAD_BYTES = 4;

    private final Outbox<P, T> outbox;
    private final LedgerTable ledgers;
    private final LongPolls polls;
    private final BookieCore.EntrySize<P> sizes;

    Reads(Outbox<P, T> outbox, LedgerTable ledgers, LongPolls polls, BookieCore.EntrySize<P> sizes) {
        this.outbox = outbox;
        this.ledgers = ledgers;
        this.polls = polls;
        this.sizes = sizes;
    }

    /** How one entry was searched: a verdict, and the entry if that is OK. */
    private record Outcome<P>(Verdict verdict, Optional<P> payload) {
        static <P> Outcome<P> of(Verdict verdict) {
            return new Outcome<>(verdict, Optional.empty());
        }
    }

    void read(ReadCommand read, long nowMillis, T ticket) {
        if (read.poll().isEmpty()) {
            readPlain(read, ticket);
            return;
        }
        ReadCommand.Poll poll = read.poll().get();
        if (poll.piggyback() && read.entryId() != LAST_STORED) {
            fail(ticket, Verdict.BAD_REQUEST);
            return;
        }
        Optional<Ledger> ledger = ledgers.find(read.ledgerId());
        if (ledger.isEmpty() || ledger.get().isGone()) {
            fail(ticket, Negatives.absent(ledgers, read.ledgerId()));
        } else if (poll.timeoutMillis().isPresent() && ledger.get().knownLac() <= poll.previousLac()) {
            long deadlineMillis = saturatedSum(nowMillis, poll.timeoutMillis().getAsLong());
            polls.add(
                    read.ledgerId(),
                    poll.previousLac(),
                    deadlineMillis,
                    updated -> endPoll(read, poll, updated, ticket));
        } else {
            endPoll(read, poll, OptionalLong.empty(), ticket);
        }
    }

    private static long saturatedSum(long nowMillis, long timeoutMillis) {
        long sum = nowMillis + Math.max(0, timeoutMillis);
        return sum < nowMillis ? Long.MAX_VALUE : sum;
    }

    /** The fence is durable; the answer carries no LAC. */
    void readFenced(ReadCommand read, T ticket) {
        search(
                read.ledgerId(),
                read.entryId(),
                true,
                outcome -> outbox.emit(new Effect.Reply<>(
                        ticket,
                        new Answer.Entry<>(
                                outcome.verdict(),
                                OptionalLong.empty(),
                                outcome.payload(),
                                OptionalLong.empty(),
                                OptionalLong.empty()))));
    }

    private void readPlain(ReadCommand read, T ticket) {
        search(read.ledgerId(), read.entryId(), read.urgent(), outcome -> {
            if (outcome.verdict() == Verdict.OK) {
                found(ticket, OptionalLong.empty(), outcome.payload(), read.ledgerId(), OptionalLong.empty());
            } else {
                fail(ticket, outcome.verdict());
            }
        });
    }

    private void endPoll(ReadCommand read, ReadCommand.Poll poll, OptionalLong lacUpdateMillis, T ticket) {
        if (!poll.piggyback()) {
            readPlain(read, ticket);
            return;
        }
        Optional<Ledger> ledger = ledgers.find(read.ledgerId());
        if (ledger.isEmpty() || ledger.get().isGone()) {
            fail(ticket, Negatives.absent(ledgers, read.ledgerId()));
        } else if (ledger.get().knownLac() <= poll.previousLac()) {
            endPollWithoutEntry(ledger.get(), false, lacUpdateMillis, ticket);
        } else {
            long wanted = poll.previousLac() + 1;
            boolean wasUncertain = ledgers.isUncertain(read.ledgerId());
            find(ledger.get(), wanted, read.urgent(), result -> {
                if (result instanceof LookupResult.Found<P> found) {
                    found(
                            ticket,
                            OptionalLong.of(wanted),
                            Optional.of(found.payload()),
                            read.ledgerId(),
                            lacUpdateMillis);
                } else if (result instanceof LookupResult.Absent<P>) {
                    endPollWithoutEntry(ledger.get(), wasUncertain, lacUpdateMillis, ticket);
                } else {
                    fail(ticket, verdictOfFailure(result));
                }
            });
        }
    }

    private void endPollWithoutEntry(Ledger ledger, boolean wasUncertain, OptionalLong lacUpdateMillis, T ticket) {
        if (wasUncertain || ledgers.isUncertain(ledger.id())) {
            fail(ticket, Negatives.absent(ledgers, ledger.id(), true));
        } else {
            found(ticket, OptionalLong.of(-1), Optional.empty(), ledger.id(), lacUpdateMillis);
        }
    }

    void batch(BatchCommand batch, T ticket) {
        nextOfBatch(batch, new ArrayList<>(), BATCH_OVERHEAD_BYTES, ticket);
    }

    private void nextOfBatch(BatchCommand batch, List<P> taken, long usedBytes, T ticket) {
        if (batch.maxCount() > 0 && taken.size() >= batch.maxCount()) {
            endBatch(taken, ticket);
            return;
        }
        search(batch.ledgerId(), batch.startEntryId() + taken.size(), batch.urgent() || batch.fence(), outcome -> {
            if (outcome.payload().isEmpty()) {
                if (taken.isEmpty()) {
                    outbox.emit(new Effect.Reply<>(ticket, new Answer.Batch<>(outcome.verdict(), List.of())));
                } else {
                    endBatch(taken, ticket);
                }
                return;
            }
            P payload = outcome.payload().get();
            long usedThen = usedBytes + sizes.bytesOf(payload) + BATCH_ENTRY_OVERHEAD_BYTES;
            if (taken.isEmpty() || usedThen <= batch.maxSizeBytes()) {
                taken.add(payload);
            }
            if (usedThen < batch.maxSizeBytes()) {
                nextOfBatch(batch, taken, usedThen, ticket);
            } else {
                endBatch(taken, ticket);
            }
        });
    }

    private void endBatch(List<P> taken, T ticket) {
        outbox.emit(new Effect.Reply<>(ticket, new Answer.Batch<>(Verdict.OK, taken)));
    }

    void readLac(long ledgerId, T ticket) {
        Optional<Ledger> known = ledgers.find(ledgerId).filter(ledger -> !ledger.isGone());
        if (known.isEmpty() || ledgers.isUncertain(ledgerId)) {
            lac(ticket, Negatives.absentLac(ledgers, ledgerId), Optional.empty(), Optional.empty());
            return;
        }
        Ledger ledger = known.get();
        if (ledger.lastEntryId() < 0) {
            Verdict verdict = ledger.explicitLac().isPresent() ? Verdict.OK : Negatives.absentLac(ledgers, ledgerId);
            lac(ticket, verdict, ledger.explicitLac(), Optional.empty());
            return;
        }
        search(ledgerId, LAST_STORED, false, outcome -> {
            if (outcome.payload().isPresent()) {
                lac(ticket, Verdict.OK, ledger.explicitLac(), outcome.payload());
            } else {
                lac(ticket, outcome.verdict(), Optional.empty(), Optional.empty());
            }
        });
    }

    void list(long ledgerId, T ticket) {
        Optional<Ledger> known = ledgers.find(ledgerId);
        if (known.isEmpty() || known.get().isGone()) {
            Verdict verdict = Negatives.absent(ledgers, ledgerId);
            outbox.emit(new Effect.Reply<>(ticket, new Answer.EntryList<>(verdict, Optional.empty())));
            return;
        }
        Ledger ledger = known.get();
        boolean wasUncertain = ledgers.isUncertain(ledgerId);
        outbox.emit(new Effect.ListEntries<>(new Listing(ledgerId, ledger.visibleFromFlush(), result -> {
            if (!(result instanceof ListResult.Listed listed)) {
                outbox.emit(new Effect.Reply<>(ticket, new Answer.EntryList<>(Verdict.IO_ERROR, Optional.empty())));
            } else if (ledger.isGone() || wasUncertain || ledgers.isUncertain(ledgerId)) {
                // A list also says which entries are absent.
                Verdict verdict = Negatives.absent(ledgers, ledgerId, wasUncertain);
                outbox.emit(new Effect.Reply<>(ticket, new Answer.EntryList<>(verdict, Optional.empty())));
            } else {
                Answer<P> answer = new Answer.EntryList<>(Verdict.OK, Optional.of(listed.entryIds()));
                outbox.emit(new Effect.Reply<>(ticket, answer));
            }
        })));
    }

    /** Resolves -1 and turns every way a search can end into a verdict. */
    private void search(long ledgerId, long entryId, boolean urgent, Consumer<Outcome<P>> then) {
        if (entryId < LAST_STORED) {
            then.accept(Outcome.of(Verdict.BAD_REQUEST));
            return;
        }
        Optional<Ledger> known = ledgers.find(ledgerId);
        if (known.isEmpty() || known.get().isGone()) {
            then.accept(Outcome.of(Negatives.absent(ledgers, ledgerId)));
            return;
        }
        Ledger ledger = known.get();
        boolean wasUncertain = ledgers.isUncertain(ledgerId);
        boolean last = entryId == LAST_STORED;
        // Which entry is the last is a statement about all that might be missing.
        if (last && (ledger.lastEntryId() < 0 || wasUncertain)) {
            then.accept(Outcome.of(Negatives.absent(ledgers, ledgerId)));
            return;
        }
        find(ledger, last ? ledger.lastEntryId() : entryId, urgent, result -> {
            if (result instanceof LookupResult.Found<P> found) {
                then.accept(new Outcome<>(Verdict.OK, Optional.of(found.payload())));
            } else if (result instanceof LookupResult.Absent<P>) {
                // An index that does not know an entry known to be stored is damaged, not empty.
                boolean contradiction = last && !ledger.isGone();
                then.accept(Outcome.of(
                        contradiction ? Verdict.IO_ERROR : Negatives.absent(ledgers, ledgerId, wasUncertain)));
            } else {
                then.accept(Outcome.of(verdictOfFailure(result)));
            }
        });
    }

    private void find(Ledger ledger, long entryId, boolean urgent, Consumer<LookupResult<P>> then) {
        outbox.emit(new Effect.Look<>(new Lookup<>(ledger.id(), entryId, ledger.visibleFromFlush(), urgent, then)));
    }

    private static Verdict verdictOfFailure(LookupResult<?> result) {
        return result instanceof LookupResult.Refused<?> ? Verdict.TOO_MANY_REQUESTS : Verdict.IO_ERROR;
    }

    /** A ledger in limbo may have known a higher LAC once, so it names none. */
    private void found(
            T ticket, OptionalLong entryId, Optional<P> payload, long ledgerId, OptionalLong lacUpdateMillis) {
        OptionalLong maxLac = ledgers.find(ledgerId)
                .filter(ledger -> !ledgers.isUncertain(ledgerId))
                .map(ledger -> OptionalLong.of(ledger.knownLac()))
                .orElse(OptionalLong.empty());
        outbox.emit(
                new Effect.Reply<>(ticket, new Answer.Entry<>(Verdict.OK, entryId, payload, maxLac, lacUpdateMillis)));
    }

    private void lac(T ticket, Verdict verdict, Optional<byte[]> explicitLac, Optional<P> lastEntry) {
        outbox.emit(new Effect.Reply<>(ticket, new Answer.Lac<>(verdict, explicitLac, lastEntry)));
    }

    private void fail(T ticket, Verdict verdict) {
        outbox.emit(new Effect.Reply<>(ticket, Answer.Entry.failed(verdict)));
    }
}
