package dev.daybook.client.meta.session;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * How long whoever opens a store waits for it.
 *
 * @param failures words for silence and interruption
 * @param failureOf what is thrown when the service answers, and badly
 */
public record Opening(
        Duration timeout, SessionFailures failures, Function<@Nullable Throwable, RuntimeException> failureOf) {
    /** The result of the task, or else the session is closed. */
    public <T> T orClose(Supplier<CompletableFuture<T>> task, Runnable close) {
        boolean succeeded = false;
        try {
            T result = task.get().get(timeout.toMillis(), TimeUnit.MILLISECONDS);
            succeeded = true;
            return result;
        } catch (TimeoutException e) {
            throw failures.unanswered(timeout);
        } catch (ExecutionException e) {
            throw failureOf.apply(e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw failures.interrupted(e);
        } finally {
            if (!succeeded) {
                close.run();
            }
        }
    }
}
