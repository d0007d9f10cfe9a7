package dev.daybook.server.garbage;

import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/**
 * Lets a job that waits for answers take part in a run of events. The job has a thread of its own, but at any time either
 * the job or whoever drives the events runs, never both: what happens is the same every time.
 */
public final class Turns {
    private static final ExecutorService THREADS = Executors.newCachedThreadPool(task -> {
        Thread made = new Thread(task, "turns");
        made.setDaemon(true);
        return made;
    });

    private final Semaphore ofJob = new Semaphore(0);
    private final Semaphore ofDriver = new Semaphore(0);
    private Optional<Throwable> failure = Optional.empty();

    /** How often the job has waited, and whether it does now. */
    private long waits;

    private boolean waiting;

    private boolean running;
    private boolean abandoned;

    /** A job. */
    public interface Job {
        void run() throws Exception;
    }

    /** Ends a job whose process has died. An error, so that nothing of the job handles it. */
    private static final class Abandoned extends Error {
        private static final long serialVersionUID = 1L;

        Abandoned() {
            super("whoever waited for it is dead", null, false, false);
        }
    }

    /** What a job waits for; whatever is made of it waits in the same way. */
    private static final class Answer<T> extends CompletableFuture<T> {
        private final Turns turns;

        Answer(Turns turns) {
            this.turns = turns;
        }

        @Override
        public <U> CompletableFuture<U> newIncompleteFuture() {
            return new Answer<>(turns);
        }

        @Override
        public T get(long timeout, TimeUnit unit) throws InterruptedException, ExecutionException {
            turns.await(this);
            return get();
        }

        @Override
        public T join() {
            turns.await(this);
            return super.join();
        }

        /** Time is the driver's. */
        @Override
        public CompletableFuture<T> orTimeout(long timeout, TimeUnit unit) {
            return this;
        }
    }

    /** To be completed by the driver. */
    public <T> CompletableFuture<T> answer() {
        return new Answer<>(this);
    }

    /** Runs the job as far as it gets without an answer. One job at a time. */
    public void begin(Job job) {
        if (running) {
            throw new IllegalStateException("a job is under way");
        }
        running = true;
        THREADS.execute(() -> {
            ofJob.acquireUninterruptibly();
            try {
                job.run();
            } catch (Abandoned end) {
                // Nobody wants to know.
            } catch (Throwable thrown) {
                failure = Optional.of(thrown);
            }
            running = false;
            ofDriver.release();
        });
        takeTurn();
    }

    public boolean isRunning() {
        return running;
    }

    /** The job ends where it waits, and so does every later one. */
    public void abandon() {
        abandoned = true;
        if (waiting) {
            takeTurn();
        }
    }

    private void goOnAfter(long wait) {
        if (waiting && wait == waits) {
            takeTurn();
        }
    }

    private void takeTurn() {
        waiting = false;
        ofJob.release();
        ofDriver.acquireUninterruptibly();
        if (failure.isPresent()) {
            Throwable thrown = failure.get();
            failure = Optional.empty();
            if (thrown instanceof Error error) {
                throw error;
            }
            throw new IllegalStateException(thrown);
        }
    }

    /** Called by the job. */
    private void await(CompletableFuture<?> answer) {
        if (abandoned) {
            throw new Abandoned();
        }
        if (!answer.isDone()) {
            long wait = ++waits;
            waiting = true;
            CompletionStage<?> stage = answer;
            stage.whenComplete((done, failed) -> goOnAfter(wait));
            ofDriver.release();
            ofJob.acquireUninterruptibly();
            if (abandoned) {
                throw new Abandoned();
            }
        }
    }
}
