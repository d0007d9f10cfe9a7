package dev.daybook.server.shard;

import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Passes events on to whoever runs the bookie; until that is known, fatal ones are kept. Thread-safe. */
final class StorageEvents {
    private static final Logger LOG = LoggerFactory.getLogger(StorageEvents.class);

    private final Consumer<Boolean> setReadOnly;
    private final AtomicReference<BookieEvents> listener = new AtomicReference<>();
    private final AtomicReference<String> fatal = new AtomicReference<>();
    private final AtomicBoolean fatalTold = new AtomicBoolean();

    StorageEvents(Consumer<Boolean> setReadOnly) {
        this.setReadOnly = setReadOnly;
    }

    void listen(BookieEvents events) {
        listener.set(events);
        tellFatal();
    }

    void fatal(String reason) {
        LOG.error("{}", reason);
        fatal.compareAndSet(null, reason);
        tellFatal();
    }

    private void tellFatal() {
        BookieEvents events = listener.get();
        String reason = fatal.get();
        if (events != null && reason != null && fatalTold.compareAndSet(false, true)) {
            events.onFatal(reason);
        }
    }

    void diskFull(String reason) {
        LOG.warn("{}", reason);
        setReadOnly.accept(true);
        BookieEvents events = listener.get();
        if (events != null) {
            events.onDiskFull(reason);
        }
    }

    void diskUsable() {
        LOG.info("There is space again.");
        BookieEvents events = listener.get();
        if (events != null) {
            events.onDiskUsable();
        }
    }
}
