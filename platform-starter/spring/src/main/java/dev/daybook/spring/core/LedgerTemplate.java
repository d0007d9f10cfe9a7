package dev.daybook.spring.core;

import dev.daybook.client.AppendLedger;
import dev.daybook.client.LedgerClient;
import dev.daybook.client.LedgerEntry;
import dev.daybook.client.LedgerSpec;
import dev.daybook.client.ReadLedger;
import dev.daybook.protocol.model.LedgerId;
import dev.daybook.protocol.model.LedgerMetadata;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * {@link LedgerOperations} on a {@link LedgerClient}, which stays the property of whoever made it. Immutable and
 * thread-safe.
 */
public class LedgerTemplate implements LedgerOperations {
    /** Batches of small entries; two of them are in memory at a time. */
    private static final int MAX_BATCH_ENTRIES = 1024;

    private static final long BATCH_BYTES = 1024 * 1024;

    private final LedgerClient client;
    private final LedgerSpec defaultSpec;

    /** @param defaultSpec of ledgers that are written without one; its password opens ledgers */
    public LedgerTemplate(LedgerClient client, LedgerSpec defaultSpec) {
        this.client = client;
        this.defaultSpec = defaultSpec;
    }

    /** A template on the same client for ledgers of another kind or with another password. */
    public LedgerTemplate withSpec(LedgerSpec spec) {
        return new LedgerTemplate(client, spec);
    }

    public LedgerSpec defaultSpec() {
        return defaultSpec;
    }

    @Override
    public <T extends @Nullable Object> T write(LedgerWriteCallback<T> callback) {
        return write(defaultSpec, callback);
    }

    @Override
    public <T extends @Nullable Object> T write(LedgerSpec spec, LedgerWriteCallback<T> callback) {
        AppendLedger ledger = Waiting.on(client.create(spec));
        TemplateAppender appender = new TemplateAppender(ledger);
        T result;
        try {
            result = callback.write(appender);
            appender.flush();
        } catch (RuntimeException | Error failed) {
            closeAfter(failed, ledger, appender);
            throw failed;
        }
        Waiting.on(ledger.closeLedger());
        return result;
    }

    /**
     * Closing fails what is not acknowledged, so entries on their way get the time that the client gives them. The
     * first failure is the one to report; that closing failed too is only added to it.
     */
    private static void closeAfter(Throwable failed, AppendLedger ledger, TemplateAppender appender) {
        try {
            appender.settle();
            Waiting.on(ledger.closeLedger());
        } catch (RuntimeException closing) {
            failed.addSuppressed(closing);
        }
    }

    @Override
    public LedgerId append(Iterable<byte[]> entries) {
        return write(ledger -> {
            entries.forEach(ledger::submit);
            return ledger.ledgerId();
        });
    }

    @Override
    public List<LedgerEntry> read(LedgerId ledger, long first, long last) {
        try (ReadLedger reader = open(ledger)) {
            return Waiting.on(reader.read(first, last));
        }
    }

    @Override
    public long forEach(LedgerId ledger, Consumer<? super LedgerEntry> consumer) {
        return forEach(ledger, 0, consumer);
    }

    /** While the consumer works on one batch the next one is on its way. */
    @Override
    public long forEach(LedgerId ledger, long first, Consumer<? super LedgerEntry> consumer) {
        try (ReadLedger reader = open(ledger)) {
            long end = reader.isClosed() ? reader.lastAddConfirmed() : Waiting.on(reader.readLastAddConfirmed());
            BatchSize size = newBatchSize();
            long next = first;
            CompletionStage<List<LedgerEntry>> coming = null;
            while (next <= end) {
                if (coming == null) {
                    coming = reader.read(next, lastOfBatch(next, size, end));
                }
                List<LedgerEntry> batch = Waiting.on(coming);
                size.observe(batch);
                next += batch.size();
                coming = next <= end ? reader.read(next, lastOfBatch(next, size, end)) : null;
                batch.forEach(consumer);
            }
            return next - first;
        }
    }

    private static long lastOfBatch(long first, BatchSize size, long end) {
        return Math.min(end, first + size.next() - 1);
    }

    @Override
    public LedgerTail tail(LedgerId ledger, long first) {
        return new LedgerTail(open(ledger), first, newBatchSize());
    }

    @Override
    public LedgerMetadata openWithRecovery(LedgerId ledger) {
        try (ReadLedger reader = Waiting.on(client.openWithRecovery(ledger, defaultSpec.password()))) {
            return reader.metadata();
        }
    }

    @Override
    public void delete(LedgerId ledger) {
        execute(c -> c.delete(ledger));
    }

    @Override
    public <T extends @Nullable Object> T execute(Function<LedgerClient, CompletionStage<T>> call) {
        return Waiting.on(call.apply(client));
    }

    private ReadLedger open(LedgerId ledger) {
        return Waiting.on(client.open(ledger, defaultSpec.password()));
    }

    private static BatchSize newBatchSize() {
        return new BatchSize(MAX_BATCH_ENTRIES, BATCH_BYTES);
    }
}
