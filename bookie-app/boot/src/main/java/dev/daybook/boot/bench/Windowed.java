package dev.daybook.boot.bench;

import dev.daybook.client.LedgerException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.function.IntFunction;

/** Many calls, a limited number of them under way. */
final class Windowed {
    private static final int WINDOW = 64;

    private Windowed() {}

    /**
     * @return the answers in order
     * @throws LedgerException the first failure, after everything begun has ended
     */
    static <T> List<T> all(int count, IntFunction<CompletionStage<T>> call) {
        List<CompletableFuture<T>> calls = new ArrayList<>(count);
        try {
            for (int i = 0; i < count; i++) {
                if (i >= WINDOW) {
                    calls.get(i - WINDOW).join();
                }
                calls.add(call.apply(i).toCompletableFuture());
            }
            List<T> answers = new ArrayList<>(count);
            for (CompletableFuture<T> ended : calls) {
                answers.add(ended.join());
            }
            return answers;
        } catch (CompletionException e) {
            if (e.getCause() instanceof LedgerException ledger) {
                throw ledger;
            }
            throw e;
        }
    }
}
