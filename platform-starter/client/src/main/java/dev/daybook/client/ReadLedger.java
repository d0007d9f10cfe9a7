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
