package dev.daybook.client.meta.session;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/** How futures of the stores are followed. */
public final class Stages {
    private Stages() {}

    /** Tells how a future ended. The derived future is of no use: the consumer fails nobody. */
    @SuppressWarnings("FutureReturnValueIgnored") // The outcome goes to the consumer, which is all that is wanted.
    public static <T> void observe(
            CompletableFuture<T> future, BiConsumer<? super T, ? super @Nullable Throwable> consumer) {
        future.whenComplete(consumer);
    }

    /** What failed, without the wrapping that each derived stage adds. */
    public static @Nullable Throwable causeOf(@Nullable Throwable thrown) {
        Throwable cause = thrown;
        while (cause instanceof CompletionException && cause.getCause() != null) {
            cause = cause.getCause();
        }
        return cause;
    }
}
