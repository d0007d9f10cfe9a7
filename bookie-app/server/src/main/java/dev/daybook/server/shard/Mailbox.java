package dev.daybook.server.shard;

import java.util.ArrayList;
import java.util.List;

/** Messages for one loop, taken in the order they were put, all that wait at once. Thread-safe. */
final class Mailbox<M> {
    private List<M> waiting = new ArrayList<>();
    private boolean closed;

    synchronized void put(M message) {
        waiting.add(message);
        if (waiting.size() == 1) {
            notifyAll();
        }
    }

    synchronized void putAll(List<? extends M> messages) {
        boolean wasEmpty = waiting.isEmpty();
        waiting.addAll(messages);
        if (wasEmpty) {
            notifyAll();
        }
    }

    /** No more waiting for messages; what is there can still be taken. */
    synchronized void close() {
        closed = true;
        notifyAll();
    }

    synchronized boolean isClosedAndEmpty() {
        return closed && waiting.isEmpty();
    }

    /**
     * Everything that waits; if nothing does, what comes within the time, perhaps nothing.
     *
     * @throws InterruptedException never in our threads, which nobody interrupts
     */
    synchronized List<M> take(long timeoutMillis) throws InterruptedException {
        if (waiting.isEmpty() && !closed && timeoutMillis > 0) {
            wait(timeoutMillis);
        }
        List<M> taken = waiting;
        waiting = new ArrayList<>(Math.min(1024, Math.max(16, taken.size())));
        return taken;
    }
}
