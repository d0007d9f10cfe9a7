package dev.daybook.client.loop;

import dev.daybook.client.net.Network;
import java.util.List;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The one thread on which futures of the application complete, in the order they were handed in. It runs code of the
 * application, so nothing in the client ever waits for it. Thread-safe.
 */
final class Completions implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Completions.class);

    private final ThreadPoolExecutor executor;
    private volatile @Nullable Thread thread;

    Completions() {
        ThreadFactory daemons = Network.daemons("daybook-client-callbacks-");
        executor = new ThreadPoolExecutor(1, 1, 0, TimeUnit.SECONDS, new LinkedBlockingQueue<>(), task -> {
            Thread made = daemons.newThread(task);
            thread = made;
            return made;
        });
    }

    /** True where code of the application runs that must not wait for its own futures. */
    boolean isCurrentThread() {
        return Thread.currentThread() == thread;
    }

    /** After {@link #close} runs in the caller's thread, because a future must never be left open. */
    void execute(Runnable completion) {
        execute(List.of(completion));
    }

    void execute(List<Runnable> batch) {
        try {
            executor.execute(() -> batch.forEach(Completions::run));
        } catch (RejectedExecutionException e) {
            batch.forEach(Completions::run);
        }
    }

    private static void run(Runnable completion) {
        try {
            completion.run();
        } catch (RuntimeException e) {
            LOG.warn("a callback of the application failed", e);
        }
    }

    /** Runs what was handed in, and ends the thread. */
    @Override
    public void close() {
        executor.shutdown();
    }
}
