package dev.daybook.client;

import dev.daybook.protocol.model.LedgerId;
import dev.daybook.protocol.model.LedgerMetadata;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletionStage;

/** The reading end of a ledger. Thread-safe. */
public interface ReadLedger extends AutoCloseable {
    LedgerId id();

    LedgerMetadata metadata();

    boolean isClosed();

    /** Highest confirmed entry known to this handle, -1 if none. */
    long lastAddConfirmed();

    /** Payload bytes up to the end of a closed ledger; the best known value of an open one. */
    long length();

    /** Reads entries {@code first} to {@code last}, both included; fails beyond the last confirmed entry. */
    CompletionStage<List<LedgerEntry>> read(long first, long last);

    /** As {@link #read} without the check: the entries may be cut off by a later recovery. */
    CompletionStage<List<LedgerEntry>> readUnconfirmed(long first, long last);

    /**
     * Reads a run of entries by one request to one bookie: from {@code first} on at most {@code maxCount}, as many as fit
     * into {@code maxBytes} of an answer, never beyond the last confirmed entry. The result is without gaps and never
     * empty, the first entry comes even if it is larger, and it may be shorter than what was asked for: go on behind
     * its end.
     *
     * <p>Where that is impossible the entries are read one by one, with the same result: from ledgers whose ensemble is
     * larger than their write quorum, and from bookies that do not know this request (before 4.17).
     *
     * @param maxCount 0 or less: no limit
     * @param maxBytes 0 or less: what a frame holds, which is the limit anyway
     */
    CompletionStage<List<LedgerEntry>> readBatch(long first, int maxCount, long maxBytes);

    /** Asks the bookies for the last confirmed entry and remembers it. */
    CompletionStage<Long> readLastAddConfirmed();

    /**
     * Waits until {@code entryId} is confirmed, the ledger is closed below it, or the time is over. A tail is a loop
     * over this call.
     */
    CompletionStage<TailResult> awaitEntry(long entryId, Duration timeout);

    /** Releases the handle. The ledger is not touched. */
    @Override
    void close();
}
