package dev.daybook.client.meta.session;

import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The two daemon threads of a metadata store: the loop, on which all of its state changes, and the one that calls
 * listeners, so that a slow listener delays nothing. What comes after the end is dropped. Thread-safe.
 */
public final class SessionLoop implements Executor {
    private static final Logger LOG = LoggerFactory.getLogger(SessionLoop.class);

    private final ScheduledThreadPoolExecutor loop;
    private final ExecutorService deliveries;
    private volatile boolean silent;

    public SessionLoop() {
        this.loop = new ScheduledThreadPoolExecutor(
                1, task -> daemon(task, "daybook-metadata"), new ThreadPoolExecutor.DiscardPolicy());
        this.loop.setRemoveOnCancelPolicy(true);
        this.deliveries = Executors.newSingleThreadExecutor(task -> daemon(task, "daybook-metadata-listener"));
    }

    /** A thread that keeps no process alive; not started. */
    public static Thread daemon(Runnable task, String name) {
        Thread thread = new Thread(task, name);
        thread.setDaemon(true);
        return thread;
    }

    /** Runs a task on the loop. */
    @Override
    public void execute(Runnable task) {
        loop.execute(guarded(task));
    }

    /** Runs a task on the loop after a while. */
    public void later(long delayMillis, Runnable task) {
        Future<?> unused = timer(delayMillis, task);
    }

    /** Runs a task on the loop after a while, unless the timer is cancelled before. */
    public Future<?> timer(long delayMillis, Runnable task) {
        return loop.schedule(guarded(task), delayMillis, TimeUnit.MILLISECONDS);
    }

    /** Calls a listener, one call after the other. */
    public void deliver(Runnable call) {
        try {
            deliveries.execute(guarded(() -> {
                if (!silent) {
                    call.run();
                }
            }));
        } catch (RejectedExecutionException e) {
            LOG.debug("A delivery was dropped, because the store is closed.", e);
        }
    }

    private static Runnable guarded(Runnable task) {
        return () -> {
            try {
                task.run();
            } catch (RuntimeException e) {
                LOG.error("A task of the metadata store failed.", e);
            }
        };
    }

    /** No listener is called from now on, apart from a call under way. */
    public void endDeliveries() {
        silent = true;
        deliveries.shutdown();
    }

    /** Ends both threads. */
    public void end() {
        endDeliveries();
        loop.shutdownNow();
    }
}
