package dev.daybook.server.net;

import dev.daybook.protocol.wire.BookieResponse;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/**
 * Answers of one connection on their way from the bookie's threads to the connection's event loop. Any thread adds;
 * the loop drains, once per batch: the first answer after a drain schedules the next one.
 */
final class AnswerQueue {
    private final ConcurrentLinkedQueue<Answer> queue = new ConcurrentLinkedQueue<>();
    private final AtomicBoolean drainIsDue = new AtomicBoolean();
    private final Scheduler scheduler;

    AnswerQueue(Scheduler scheduler) {
        this.scheduler = scheduler;
    }

    void add(BookieResponse response, long cost) {
        queue.add(new Answer(response, cost));
        if (!drainIsDue.compareAndSet(false, true)) {
            return;
        }
        try {
            scheduler.scheduleDrain();
        } catch (RejectedExecutionException e) {
            // The loops have ended, so has the connection: nobody else will release what is queued.
            for (Answer left = queue.poll(); left != null; left = queue.poll()) {
                AnswerBuffers.release(left.response());
            }
        }
    }

    /** The loop calls this before it polls, so that an answer added during the drain schedules another one. */
    void beginDrain() {
        drainIsDue.set(false);
    }

    @Nullable
    Answer poll() {
        return queue.poll();
    }

    boolean isEmpty() {
        return queue.isEmpty();
    }

    /** @param cost bytes that the request and its answer were charged with */
    record Answer(BookieResponse response, long cost) {}

    /** Runs a drain on the event loop, soon. */
    interface Scheduler {
        void scheduleDrain();
    }
}
