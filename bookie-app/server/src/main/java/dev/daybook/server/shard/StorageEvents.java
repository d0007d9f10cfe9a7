package dev.daybook.server.shard;

import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Passes events on to whoever runs the bookie; what is known before, it is told then. Thread-safe. */
final class StorageEvents {
    private static final Logger LOG = LoggerFactory.getLogger(StorageEvents.class);

    private final Consumer<Boolean> setReadOnly;
    private final AtomicReference<BookieEvents> listener = new AtomicReference<>();
    private final AtomicReference<String> fatal = new AtomicReference<>();
    private final AtomicBoolean fatalTold = new AtomicBoolean();
    private final Map<Object, String> shortages = new HashMap<>();

    StorageEvents(Consumer<Boolean> setReadOnly) {
        this.setReadOnly = setReadOnly;
    }

    /** Tells at once what has happened so far. */
    synchronized void listen(BookieEvents events) {
        listener.set(events);
        tellFatal();
        shortages.values().forEach(events::onDiskFull);
    }

    void fatal(String reason) {
        LOG.error("{}", reason);
        fatal.compareAndSet(null, reason);
        tellFatal();
    }

    /** Whether durability can no longer be promised. */
    boolean hasFailed() {
        return fatal.get() != null;
    }

    private void tellFatal() {
        BookieEvents events = listener.get();
        String reason = fatal.get();
        if (events != null && reason != null && fatalTold.compareAndSet(false, true)) {
            events.onFatal(reason);
        }
    }

    /** @param what ran out of space; it has to say so when there is space again */
    synchronized void spaceRanOut(Object what, String reason) {
        LOG.warn("{}", reason);
        setReadOnly.accept(true);
        shortages.put(what, reason);
        BookieEvents events = listener.get();
        if (events != null) {
            events.onDiskFull(reason);
        }
    }

    synchronized void spaceIsBack(Object what) {
        if (shortages.remove(what) == null || !shortages.isEmpty()) {
            return;
        }
        LOG.info("There is space again.");
        BookieEvents events = listener.get();
        if (events != null) {
            events.onDiskUsable();
        }
    }
}
