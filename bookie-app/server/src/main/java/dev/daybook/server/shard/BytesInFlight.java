package dev.daybook.server.shard;

import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Entry bytes that were received and are not answered yet. While they are above the limit, or the write cache fills
 * faster than it is flushed, the network side stops reading from its connections, which is the back-pressure of the
 * bookie. Thread-safe.
 */
public final class BytesInFlight {
    private final long bytesMax;
    private final AtomicLong bytes = new AtomicLong();
    private final AtomicBoolean cachePressure = new AtomicBoolean();
    private final CopyOnWriteArrayList<Runnable> listeners = new CopyOnWriteArrayList<>();

    BytesInFlight(long bytesMax) {
        this.bytesMax = bytesMax;
    }

    public long bytes() {
        return bytes.get();
    }

    /** True while no further requests should be read. */
    public boolean isAboveLimit() {
        return bytes.get() > bytesMax || cachePressure.get();
    }

    /** The listener runs after {@link #isAboveLimit} has changed, on the thread that changed it, and must not block. */
    public void onChange(Runnable listener) {
        listeners.add(listener);
    }

    /** Counts from the moment of the call; bytes are never refused, only the pause is asked for. */
    void add(long delta) {
        long now = bytes.addAndGet(delta);
        boolean above = now > bytesMax;
        boolean wasAbove = now - delta > bytesMax;
        if (above != wasAbove) {
            listeners.forEach(Runnable::run);
        }
    }

    /** Whether what is acknowledged next would hardly find room in the write cache. */
    void setCachePressure(boolean pressure) {
        if (cachePressure.getAndSet(pressure) != pressure) {
            listeners.forEach(Runnable::run);
        }
    }
}
