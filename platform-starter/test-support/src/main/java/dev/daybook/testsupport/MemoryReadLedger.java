package dev.daybook.testsupport;

import dev.daybook.client.LedgerEntry;
import dev.daybook.client.LedgerException;
import dev.daybook.client.ReadLedger;
import dev.daybook.client.TailResult;
import dev.daybook.protocol.model.LedgerId;
import dev.daybook.protocol.model.LedgerMetadata;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** The reading end of a {@link MemoryLedger}. It knows the last confirmed entry of the moment it was opened or asked. */
final class MemoryReadLedger implements ReadLedger {
    private final MemoryLedger ledger;

    MemoryReadLedger(MemoryLedger ledger) {
        this.ledger = ledger;
    }

    @Override
    public LedgerId id() {
        return ledger.id();
    }

    @Override
    public LedgerMetadata metadata() {
        return ledger.metadata();
    }

    @Override
    public boolean isClosed() {
        return ledger.metadata().isClosed();
    }

    @Override
    public long lastAddConfirmed() {
        return ledger.lastAddConfirmed();
    }

    @Override
    public long length() {
        return ledger.confirmedLength();
    }

    @Override
    public CompletionStage<List<LedgerEntry>> read(long first, long last) {
        return attempt(first, last, true);
    }

    @Override
    public CompletionStage<List<LedgerEntry>> readUnconfirmed(long first, long last) {
        return attempt(first, last, false);
    }

    @Override
    public CompletionStage<List<LedgerEntry>> readBatch(long first, int maxCount, long maxBytes) {
        long count = maxCount > 0 ? maxCount : Integer.MAX_VALUE;
        long last = Math.max(first, Math.min(ledger.lastAddConfirmed(), first + count - 1));
        return attempt(first, last, true).thenApply(entries -> within(entries, maxBytes));
    }

    private static List<LedgerEntry> within(List<LedgerEntry> entries, long maxBytes) {
        long bytes = 0;
        int kept = 0;
        while (kept < entries.size()
                && (kept == 0 || maxBytes <= 0 || bytes + entries.get(kept).payload().length <= maxBytes)) {
            bytes += entries.get(kept).payload().length;
            kept++;
        }
        return entries.subList(0, kept);
    }

    private CompletionStage<List<LedgerEntry>> attempt(long first, long last, boolean confirmedOnly) {
        try {
            return CompletableFuture.completedFuture(ledger.read(first, last, confirmedOnly));
        } catch (LedgerException refused) {
            return CompletableFuture.failedFuture(refused);
        }
    }

    @Override
    public CompletionStage<Long> readLastAddConfirmed() {
        return CompletableFuture.completedFuture(ledger.lastAddConfirmed());
    }

    @Override
    public CompletionStage<TailResult> awaitEntry(long entryId, Duration timeout) {
        return ledger.await(entryId, timeout);
    }

    @Override
    public void close() {}
}
