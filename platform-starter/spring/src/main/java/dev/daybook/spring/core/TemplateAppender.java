package dev.daybook.spring.core;

import dev.daybook.client.AppendLedger;
import dev.daybook.protocol.model.EntryId;
import dev.daybook.protocol.model.LedgerId;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;
import org.springframework.dao.TransientDataAccessResourceException;

/**
 * Counts what is not acknowledged yet instead of keeping the futures, so a write of any length needs constant memory.
 * {@code outstanding} and {@code failure} are guarded by {@code this}.
 */
final class TemplateAppender implements LedgerAppender {
    private final AppendLedger ledger;
    private long outstanding;
    private @Nullable RuntimeException failure;

    TemplateAppender(AppendLedger ledger) {
        this.ledger = ledger;
    }

    @Override
    public LedgerId ledgerId() {
        return ledger.id();
    }

    @Override
    public EntryId append(byte[] payload) {
        return Waiting.on(ledger.append(payload));
    }

    @Override
    public void submit(byte[] payload) {
        CompletableFuture<EntryId> unused = appendAsync(payload);
    }

    @Override
    public CompletableFuture<EntryId> appendAsync(byte[] payload) {
        synchronized (this) {
            outstanding++;
        }
        CompletableFuture<EntryId> result = new CompletableFuture<>();
        CompletionStage<EntryId> unused = ledger.append(payload).whenComplete((id, thrown) -> {
            RuntimeException translated = thrown == null ? null : Waiting.translated(thrown);
            if (translated == null) {
                result.complete(id);
            } else {
                result.completeExceptionally(translated);
            }
            ended(translated); // Last, so that a flush also waits for what hangs on the future.
        });
        return result;
    }

    private synchronized void ended(@Nullable RuntimeException how) {
        outstanding--;
        if (failure == null) {
            failure = how;
        }
        notifyAll();
    }

    @Override
    public synchronized void flush() {
        settle();
        if (failure != null) {
            throw failure;
        }
    }

    /** Waits until every entry is acknowledged or has failed. */
    synchronized void settle() {
        try {
            while (outstanding > 0) {
                wait();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new TransientDataAccessResourceException(
                    "the thread was interrupted before ledger " + ledger.id() + " acknowledged every entry", e);
        }
    }
}
