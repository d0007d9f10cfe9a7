package dev.daybook.console.cluster;

import dev.daybook.client.LedgerAdmin;
import dev.daybook.client.LedgerClient;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Connects when first asked and again after each failure, on a thread of its own, so that the console starts and answers
 * without a metadata service. While a further attempt is under way, questions get the last failure at once: whoever asks
 * then would otherwise wait in vain and not even learn why.
 */
public final class MetadataLink implements AdminSource, AutoCloseable {
    private final Supplier<LedgerClient> connect;
    private final ExecutorService connector = Executors.newSingleThreadExecutor(task -> {
        Thread thread = new Thread(task, "daybook-console-connect");
        thread.setDaemon(true);
        return thread;
    });

    /** Guarded by this. The present attempt, or the connection. */
    private @Nullable CompletableFuture<LedgerClient> attempt;

    /** Guarded by this. Why the attempt before the present one failed; null if there was none. */
    private @Nullable Throwable lastFailure;

    /** Guarded by this. */
    private boolean closed;

    /** @param connect blocks until connected, or throws a {@code LedgerException} and leaves nothing behind */
    public MetadataLink(Supplier<LedgerClient> connect) {
        this.connect = connect;
    }

    @Override
    public synchronized CompletableFuture<LedgerAdmin> admin() {
        if (closed) {
            return CompletableFuture.failedFuture(new IllegalStateException("the console is stopping"));
        }
        CompletableFuture<LedgerClient> present = attempt;
        if (present == null || present.isCompletedExceptionally()) {
            lastFailure = present == null ? null : failureOf(present);
            present = CompletableFuture.supplyAsync(connect, connector);
            attempt = present;
        }
        if (lastFailure != null && !present.isDone()) {
            return CompletableFuture.failedFuture(lastFailure);
        }
        return present.thenApply(LedgerClient::admin);
    }

    private static Throwable failureOf(CompletableFuture<?> failed) {
        return failed.handle((value, failure) -> failure).join();
    }

    @Override
    public synchronized void close() {
        closed = true;
        if (attempt != null) {
            // Also a connection that arrives after this moment is closed.
            var unused = attempt.thenAccept(LedgerClient::close);
        }
        connector.shutdown();
    }
}
