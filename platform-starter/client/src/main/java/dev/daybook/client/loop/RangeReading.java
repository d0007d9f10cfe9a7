package dev.daybook.client.loop;

import dev.daybook.client.LedgerEntry;
import dev.daybook.client.LedgerException;
import dev.daybook.client.LedgerException.Reason;
import dev.daybook.core.read.CompleteRead;
import dev.daybook.core.read.VerifiedEntry;
import dev.daybook.metrics.CallOutcome;
import dev.daybook.protocol.model.BookieId;
import dev.daybook.protocol.model.EntryId;
import dev.daybook.protocol.model.LedgerMetadata;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Reads a run of entries, several at a time, and hands them over together. Fails as a whole with the first entry that
 * cannot be read. Belongs to the loop.
 */
final class RangeReading implements LoopOwned, HedgeTicker.Hedged {
    /** How a range ends; one of the methods is called once, on the loop. */
    interface Outcome {
        void complete(List<LedgerEntry> entries);

        void fail(LedgerException failure);
    }

    /** Bytes that may be on their way at once, guessed from the largest entry seen. */
    private static final int WINDOW_BYTES = 8 * 1024 * 1024;

    private static final int WINDOW_ENTRIES_MAX = 64;

    /** Until an entry was seen nothing is known of their size. */
    private static final int WINDOW_ENTRIES_AT_FIRST = 8;

    private final ReadSource source;
    private final LedgerLoop loop;
    private final long maxBytes;
    private final Outcome outcome;
    private final Map<Long, EntryReading> reading = new TreeMap<>();
    private final Map<Long, LedgerEntry> found = new TreeMap<>();
    private final Map<BookieId, Long> answeredNanos = new HashMap<>();

    private long last;
    private long next;
    private int largestBytes;
    private long foundBytes;
    private boolean done;

    RangeReading(ReadSource source, long first, long last, Outcome outcome) {
        this(source, first, last, Long.MAX_VALUE, outcome);
    }

    /** @param maxBytes after which it ends early; the first entry is read in any case */
    RangeReading(ReadSource source, long first, long last, long maxBytes, Outcome outcome) {
        this.source = source;
        this.loop = source.loop();
        this.next = first;
        this.last = last;
        this.maxBytes = maxBytes;
        this.outcome = outcome;
    }

    void start() {
        if (!loop.own(this)) {
            abandon();
            return;
        }
        loop.hedges().add(this);
        readMore();
    }

    @Override
    public void abandon() {
        fail(Failures.clientClosed("Reading ledger " + source.ledgerId()));
    }

    private void readMore() {
        if (next <= last && foundBytes + (long) largestBytes * reading.size() >= maxBytes) {
            last = next - 1;
        }
        while (!done && next <= last && reading.size() < window()) {
            long entryId = next;
            next++;
            read(entryId, source.metadata());
        }
    }

    private void read(long entryId, LedgerMetadata metadata) {
        EntryReading one = new EntryReading(source, entryId, metadata, this::onRead);
        reading.put(entryId, one);
        one.start();
    }

    private int window() {
        return largestBytes == 0
                ? WINDOW_ENTRIES_AT_FIRST
                : Math.max(1, Math.min(WINDOW_ENTRIES_MAX, WINDOW_BYTES / largestBytes));
    }

    @Override
    public void hedge(long nowNanos) {
        long busySince = nowNanos - loop.config().reads().hedgeDelay().toNanos();
        List.copyOf(reading.values()).forEach(one -> one.hedge(nowNanos, bookie -> answeredSince(bookie, busySince)));
    }

    private boolean answeredSince(BookieId bookie, long nanos) {
        Long answered = answeredNanos.get(bookie);
        return answered != null && answered - nanos > 0;
    }

    private void onRead(EntryReading one, CompleteRead<ByteBuf> result) {
        for (BookieId slow : result.slow()) {
            loop.health().slow(slow);
        }
        if (result.outcome() instanceof CompleteRead.Outcome.Found<ByteBuf> positive) {
            source.onDefects(result.entryId(), result.defects());
            answeredNanos.put(positive.bookie(), loop.net().nanoTime());
            try {
                onFound(one, positive.entry());
            } finally {
                positive.entry().payload().release();
            }
        } else if (!done) {
            lookElsewhere(one, result);
        }
    }

    private void onFound(EntryReading one, VerifiedEntry<ByteBuf> entry) {
        if (done) {
            return;
        }
        int bytes = entry.payloadBytes();
        loop.metrics().readCompleted(CallOutcome.OK, loop.net().nanoTime() - one.startNanos(), bytes);
        largestBytes = Math.max(largestBytes, Math.max(1, bytes));
        reading.remove(entry.entryId());
        found.put(entry.entryId(), copyOf(source.ledgerId(), entry));
        foundBytes += bytes;
        readMore();
        if (!done && next > last && reading.isEmpty()) {
            end();
            outcome.complete(withinBudget());
        }
    }

    /** For the application; the payload stays whose it was. */
    static LedgerEntry copyOf(long ledgerId, VerifiedEntry<ByteBuf> entry) {
        return new LedgerEntry(
                LedgerLoop.idOf(ledgerId),
                new EntryId(entry.entryId()),
                entry.length(),
                ByteBufUtil.getBytes(entry.payload()));
    }

    private List<LedgerEntry> withinBudget() {
        List<LedgerEntry> kept = new ArrayList<>();
        long bytes = 0;
        for (LedgerEntry entry : found.values()) {
            bytes += entry.payload().length;
            if (!kept.isEmpty() && bytes > maxBytes) {
                break;
            }
            kept.add(entry);
        }
        return List.copyOf(kept);
    }

    /** The entry may have moved to other bookies since the record was read: re-replication does that. */
    private void lookElsewhere(EntryReading one, CompleteRead<ByteBuf> result) {
        source.refresh(metadata -> {
            if (done) {
                return;
            }
            if (source.isDeleted()) {
                fail(Failures.noSuchLedger(source.ledgerId()));
            } else if (metadata.fragmentOf(result.entryId()).ensemble().equals(one.ensemble())) {
                LedgerException failure = failureOf(result, one.ensemble());
                loop.metrics()
                        .readCompleted(
                                Failures.outcomeOf(failure.reason()), loop.net().nanoTime() - one.startNanos(), 0);
                fail(failure);
            } else {
                read(result.entryId(), metadata);
            }
        });
    }

    private LedgerException failureOf(CompleteRead<ByteBuf> result, List<BookieId> ensemble) {
        String what = "Reading entry " + result.entryId() + " of ledger " + source.ledgerId() + " from " + ensemble;
        if (result.outcome() instanceof CompleteRead.Outcome.Failed<ByteBuf> failed) {
            return Failures.of(loop, what, failed.reason());
        }
        return new LedgerException(Reason.NO_SUCH_ENTRY, what + " failed: none of them has it");
    }

    private void fail(LedgerException failure) {
        if (!done) {
            end();
            outcome.fail(failure);
        }
    }

    private void end() {
        done = true;
        loop.hedges().remove(this);
        reading.clear();
        loop.disown(this);
    }
}
