package dev.daybook.server.loop;

import java.util.ArrayList;
import java.util.List;

/** Messages for one loop, taken in the order they were put, all that wait at once. Thread-safe. */
public final class Mailbox<M> {
    private List<M> waiting = new ArrayList<>();
    private boolean closed;

    /** Returns false, and forgets the message, if the mailbox is closed. */
    public synchronized boolean put(M message) {
        if (closed) {
            return false;
        }
        waiting.add(message);
        if (waiting.size() == 1) {
            notifyAll();
        }
        return true;
    }

    /** Takes no more messages; what is there can still be taken. */
    public synchronized void close() {
        closed = true;
        notifyAll();
    }

    public synchronized boolean isEmpty() {
        return waiting.isEmpty();
    }

    public synchronized boolean isClosedAndEmpty() {
        return closed && waiting.isEmpty();
    }

    /**
     * Everything that waits; if nothing does, what has come when something came or the time was over.
     *
     * @throws InterruptedException never in our threads, which nobody interrupts
     */
    public synchronized List<M> take(long timeoutMillis) throws InterruptedException {
        long deadlineNanos = System.nanoTime() + timeoutMillis * 1_000_000;
        long leftMillis = timeoutMillis;
        while (waiting.isEmpty() && !closed && leftMillis > 0) {
            wait(leftMillis);
            leftMillis = (deadlineNanos - System.nanoTime()) / 1_000_000;
        }
        List<M> taken = waiting;
        waiting = new ArrayList<>(Math.min(1024, Math.max(16, taken.size())));
        return taken;
    }
}
