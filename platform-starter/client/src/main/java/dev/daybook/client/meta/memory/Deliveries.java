package dev.daybook.client.meta.memory;

import java.util.ArrayDeque;
import java.util.Queue;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Calls listeners one at a time and in order, on the thread that caused the change and after it released the cluster's
 * lock. No thread of its own, so that a simulator stays deterministic.
 */
final class Deliveries {
    private static final Logger LOG = LoggerFactory.getLogger(Deliveries.class);

    private final Queue<Runnable> waiting = new ArrayDeque<>();
    private boolean draining;

    synchronized void add(Runnable call) {
        waiting.add(call);
    }

    void drain() {
        synchronized (this) {
            if (draining) {
                return; // The call under way, perhaps further down on this very stack, goes on with what was added.
            }
            draining = true;
        }
        for (Runnable next = poll(); next != null; next = poll()) {
            try {
                next.run();
            } catch (RuntimeException e) {
                LOG.error("A listener of the metadata store failed.", e);
            }
        }
    }

    private synchronized @Nullable Runnable poll() {
        Runnable next = waiting.poll();
        draining = next != null;
        return next;
    }
}
