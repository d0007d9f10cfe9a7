package dev.daybook.client.name;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;

/** Calls that end in their stage, also where they throw. */
final class LedgerStages {
    private LedgerStages() {}

    static <T> CompletableFuture<T> of(Supplier<? extends CompletionStage<T>> call) {
        try {
            return call.get().toCompletableFuture();
        } catch (RuntimeException e) {
            return CompletableFuture.failedFuture(e);
        }
    }
}
