package dev.daybook.console.cluster;

import dev.daybook.client.LedgerAdmin;
import dev.daybook.client.LedgerException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Puts questions to the cluster and always has an outcome within the time limit, as a {@link Fact}. Thread-safe. */
public final class Asking {
    private static final Logger LOG = LoggerFactory.getLogger(Asking.class);

    private final AdminSource source;
    private final Duration timeout;
    private final InstantSource clock;

    public Asking(AdminSource source, Duration timeout, InstantSource clock) {
        this.source = source;
        this.timeout = timeout;
        this.clock = clock;
    }

    /** Completes normally, always, and no later than the time limit. */
    public <T> CompletableFuture<Fact<T>> ask(Function<LedgerAdmin, CompletionStage<T>> question) {
        return source.admin()
                .thenCompose(question)
                .orTimeout(timeout.toMillis(), TimeUnit.MILLISECONDS)
                .handle((value, failure) ->
                        failure == null ? Fact.of(value, clock.instant()) : Fact.unknown(sentence(failure)));
    }

    private String sentence(Throwable failure) {
        Throwable cause = failure;
        while (cause instanceof CompletionException && cause.getCause() != null) {
            cause = cause.getCause();
        }
        if (cause instanceof LedgerException ledgerException) {
            return ended(String.valueOf(ledgerException.getMessage()));
        }
        if (cause instanceof TimeoutException) {
            return "No answer within " + text(timeout) + ".";
        }
        LOG.warn("A question to the cluster failed", cause);
        return "The question failed for a reason that the console's log tells.";
    }

    private static String text(Duration duration) {
        long millis = duration.toMillis();
        return millis % 1000 == 0 ? millis / 1000 + " s" : millis + " ms";
    }

    private static String ended(String sentence) {
        return sentence.endsWith(".") ? sentence : sentence + ".";
    }
}
