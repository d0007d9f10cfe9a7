package dev.daybook.spring.core;

import dev.daybook.client.LedgerEntry;
import dev.daybook.client.ReadLedger;
import dev.daybook.client.TailResult;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;

/**
 * Follows one ledger entry by entry. What is confirmed already comes in batches, after that each entry as it is
 * confirmed. For one thread.
 */
public final class LedgerTail implements AutoCloseable {
    private final ReadLedger ledger;
    private final BatchSize batchSize;
    private final Deque<LedgerEntry> fetched = new ArrayDeque<>();

    /** The first entry that is neither delivered nor fetched. */
    private long nextToFetch;

    LedgerTail(ReadLedger ledger, long first, BatchSize batchSize) {
        this.ledger = ledger;
        this.nextToFetch = first;
        this.batchSize = batchSize;
    }

    /**
     * Waits for the next entry.
     *
     * @return the entry, or that none came in time, or that the ledger is closed and has no more
     * @throws org.springframework.dao.DataAccessException see {@link LedgerExceptionTranslator}
     */
    public TailResult next(Duration timeout) {
        if (fetched.isEmpty() && nextToFetch < ledger.lastAddConfirmed()) {
            fetch();
        }
        LedgerEntry entry = fetched.poll();
        if (entry != null) {
            return new TailResult.Arrived(entry, ledger.lastAddConfirmed());
        }
        TailResult result = Waiting.on(ledger.awaitEntry(nextToFetch, timeout));
        if (result instanceof TailResult.Arrived) {
            nextToFetch++;
        }
        return result;
    }

    private void fetch() {
        long last = Math.min(ledger.lastAddConfirmed(), nextToFetch + batchSize.next() - 1);
        var batch = Waiting.on(ledger.read(nextToFetch, last));
        batchSize.observe(batch);
        fetched.addAll(batch);
        nextToFetch = last + 1;
    }

    /** Releases the handle; the ledger is not touched. */
    @Override
    public void close() {
        ledger.close();
    }
}
