package dev.daybook.server.autorecovery;

import dev.daybook.client.meta.MetadataStore.Subscription;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The loop of a process. It never waits. What comes after its end is left out. */
final class LoopThread implements SerialLoop, AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(LoopThread.class);

    private final ScheduledThreadPoolExecutor thread;

    LoopThread(String name) {
        thread = new ScheduledThreadPoolExecutor(1, task -> {
            Thread made = new Thread(task, name);
            made.setDaemon(true);
            return made;
        });
        thread.setRemoveOnCancelPolicy(true);
        thread.setExecuteExistingDelayedTasksAfterShutdownPolicy(false);
    }

    @Override
    public long nowMillis() {
        return TimeUnit.NANOSECONDS.toMillis(System.nanoTime());
    }

    @Override
    public long epochMillis() {
        return System.currentTimeMillis();
    }

    @Override
    public void execute(Runnable task) {
        try {
            thread.execute(guarded(task));
        } catch (RejectedExecutionException e) {
            LOG.debug("Left out, because auto-recovery is stopping.");
        }
    }

    @Override
    public Subscription later(long delayMillis, Runnable task) {
        try {
            ScheduledFuture<?> scheduled = thread.schedule(guarded(task), delayMillis, TimeUnit.MILLISECONDS);
            return () -> scheduled.cancel(false);
        } catch (RejectedExecutionException e) {
            LOG.debug("Left out, because auto-recovery is stopping.");
            return () -> {};
        }
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
