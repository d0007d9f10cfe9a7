package dev.daybook.spring.core;

import dev.daybook.client.LedgerException;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import org.springframework.dao.TransientDataAccessResourceException;

/** Turns stages of the client into calls that return or throw Spring's exceptions. */
final class Waiting {
    private static final LedgerExceptionTranslator TRANSLATOR = new LedgerExceptionTranslator();

    private Waiting() {}

    /** Waits; every stage of the client ends within the deadline of its operation, so this needs none of its own. */
    static <T> T on(CompletionStage<T> stage) {
        try {
            return stage.toCompletableFuture().get();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new TransientDataAccessResourceException(
                    "the thread was interrupted while it waited for a ledger; the operation may still complete", e);
        } catch (ExecutionException e) {
            throw translated(e);
        }
    }

    /** @param thrown what a stage ended with, possibly wrapped by the completion machinery */
    static RuntimeException translated(Throwable thrown) {
        Throwable failure = thrown;
        while ((failure instanceof CompletionException || failure instanceof ExecutionException)
                && failure.getCause() != null) {
            failure = failure.getCause();
        }
        if (failure instanceof LedgerException known) {
            return TRANSLATOR.translate(known);
        }
        if (failure instanceof Error bug) {
            throw bug;
        }
        return failure instanceof RuntimeException bug ? bug : new IllegalStateException(failure);
    }
}
