package dev.daybook.server.autorecovery;

import dev.daybook.client.meta.MetadataStore.Subscription;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One thread that everything of auto-recovery belongs to. It never waits. What comes after its end is left out. */
final class SerialLoop implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(SerialLoop.class);

    private final ScheduledThreadPoolExecutor thread;

    SerialLoop(String name) {
        thread = new ScheduledThreadPoolExecutor(1, task -> {
            Thread made = new Thread(task, name);
            made.setDaemon(true);
            return made;
        });
        thread.setRemoveOnCancelPolicy(true);
        thread.setExecuteExistingDelayedTasksAfterShutdownPolicy(false);
    }

    /** Monotonic. */
    long nowMillis() {
        return TimeUnit.NANOSECONDS.toMillis(System.nanoTime());
    }

    void execute(Runnable task) {
        try {
            thread.execute(guarded(task));
        } catch (RejectedExecutionException e) {
            LOG.debug("Left out, because auto-recovery is stopping.");
        }
    }

    /** @return closed to call it off */
    Subscription later(long delayMillis, Runnable task) {
        try {
            ScheduledFuture<?> scheduled = thread.schedule(guarded(task), delayMillis, TimeUnit.MILLISECONDS);
            return () -> scheduled.cancel(false);
        } catch (RejectedExecutionException e) {
            LOG.debug("Left out, because auto-recovery is stopping.");
            return () -> {};
        }
    }

    /** Asks, and hears the answer or the reason why there is none on this thread. */
    <T> void ask(Supplier<CompletionStage<T>> question, Consumer<T> answered, Consumer<Throwable> failed) {
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

    /** A bug must not end the thread: what else it does goes on. */
    private static Runnable guarded(Runnable task) {
        return () -> {
            try {
                task.run();
            } catch (RuntimeException e) {
                LOG.error("A step of auto-recovery was stopped by a bug in Daybook.", e);
            }
        };
    }

    /** Waits for the task that runs now, if this is another thread. */
    @Override
    public void close() {
        thread.shutdown();
        try {
            thread.awaitTermination(5, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
