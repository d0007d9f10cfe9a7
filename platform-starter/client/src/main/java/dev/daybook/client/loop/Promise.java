package dev.daybook.client.loop;

import dev.daybook.client.LedgerException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;

/**
 * A future that the application waits for. It ends on the application's side, and at the latest when the client closes.
 * Thread-safe.
 */
final class Promise<T> {
    private final String what;
    private final Promises keeper;
    private final CompletableFuture<T> future = new CompletableFuture<>();

    /** @param what the operation, as the beginning of a sentence */
    Promise(String what, Promises keeper) {
        this.what = what;
        this.keeper = keeper;
    }

    CompletionStage<T> stage() {
        return future;
    }

    String what() {
        return what;
    }

    void complete(T result) {
        if (keeper.forget(this)) {
            keeper.completions().execute(() -> future.complete(result));
        }
    }

    void fail(LedgerException failure) {
        if (keeper.forget(this)) {
            keeper.completions().execute(() -> future.completeExceptionally(failure));
        }
    }

    /** Ends as the stage does; failures of the store become the client's exception. */
    void follow(Supplier<CompletionStage<T>> question) {
        Failures.staged(question).whenComplete((result, failure) -> {
            if (failure == null) {
                complete(result);
            } else {
                fail(Failures.ofStore(what, failure));
            }
        });
    }
}
