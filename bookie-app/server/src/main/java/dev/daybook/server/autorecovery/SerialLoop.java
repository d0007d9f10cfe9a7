package dev.daybook.server.autorecovery;

import dev.daybook.client.meta.MetadataStore.Subscription;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;
import java.util.function.Supplier;

/** Does what belongs to it one task after the other, and knows the time. All of auto-recovery belongs to one. */
interface SerialLoop {
    /** Monotonic. */
    long nowMillis();

    /** By the clock on the wall, which others read as well. */
    long epochMillis();

    void execute(Runnable task);

    /** @return closed to call it off */
    Subscription later(long delayMillis, Runnable task);

    /** Asks, and hears the answer or the reason why there is none in this loop. */
    default <T> void ask(Supplier<CompletionStage<T>> question, Consumer<T> answered, Consumer<Throwable> failed) {
        CompletionStage<T> asked;
        try {
            asked = question.get();
        } catch (RuntimeException e) {
            execute(() -> failed.accept(e));
            return;
        }
        asked.whenComplete((answer, failure) -> execute(() -> {
            if (failure == null) {
                answered.accept(answer);
            } else {
                failed.accept(failure);
            }
        }));
    }
}
