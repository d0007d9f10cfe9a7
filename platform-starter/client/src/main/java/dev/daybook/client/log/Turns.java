package dev.daybook.client.log;

import java.util.ArrayDeque;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Runs tasks one at a time, in the order in which they came, on another executor. When that one has ended, on the caller's
 * thread, because no task may be lost: an application waits for its outcome. Thread-safe.
 */
public final class Turns implements Executor {
    private static final Logger LOG = LoggerFactory.getLogger(Turns.class);

    private final Executor executor;
    private final ArrayDeque<Runnable> waiting = new ArrayDeque<>();
    private boolean running;

    public Turns(Executor executor) {
        this.executor = executor;
    }

    @Override
    public void execute(Runnable task) {
        synchronized (this) {
            waiting.add(task);
            if (running) {
                return;
            }
            running = true;
        }
        try {
            executor.execute(this::drain);
        } catch (RejectedExecutionException ended) {
            drain();
        }
    }

    private void drain() {
        for (Runnable next = poll(); next != null; next = poll()) {
            try {
                next.run();
            } catch (RuntimeException e) {
                LOG.error("a task of a named log failed", e);
            }
        }
    }

    private synchronized @Nullable Runnable poll() {
        Runnable next = waiting.poll();
        running = next != null;
        return next;
    }
}
