package dev.daybook.server.net;

import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * Bytes that all connections of a bookie may hold at once: frames that are not whole yet, requests under way and answers
 * not yet sent. Above the maximum, and while the bookie is pressed for memory, every connection that goes on reading
 * parks here; below three quarters of it all of them are woken. The gap keeps them from flapping. Thread-safe.
 */
final class ByteBudget {
    private final AtomicLong used = new AtomicLong();
    private final Set<Runnable> parked = ConcurrentHashMap.newKeySet();
    private final AtomicReference<@Nullable Object> finisher = new AtomicReference<>();
    private final long max;
    private volatile boolean pressed;

    ByteBudget(long max) {
        this.max = max;
    }

    void take(long bytes) {
        used.addAndGet(bytes);
    }

    void give(long bytes) {
        used.addAndGet(-bytes);
        wakeIfRoom();
    }

    /** Adds wait for memory: whatever is read now would only wait with them. */
    void setPressed(boolean nowPressed) {
        pressed = nowPressed;
        wakeIfRoom();
    }

    boolean isPressed() {
        return pressed;
    }

    boolean isExhausted() {
        return isExhaustedWith(0);
    }

    /** @param more bytes that the caller has yet to take */
    boolean isExhaustedWith(long more) {
        return pressed || used.get() + more > max;
    }

    /**
     * Lets one connection at a time finish the frame that it has begun, although there is no room: otherwise frames that
     * are not whole could use up everything, and none of them would ever be.
     */
    boolean mayFinish(Object connection) {
        return finisher.get() == connection || finisher.compareAndSet(null, connection);
    }

    /** The connection has finished its frame, or is gone. */
    void hasFinished(Object connection) {
        if (finisher.compareAndSet(connection, null)) {
            wakeAll();
        }
    }

    /** Calls {@code wake} once, from any thread, when there is room again or a turn is free; perhaps at once. */
    void park(Runnable wake) {
        parked.add(wake);
        // Room may have come between the caller's look and this registration.
        wakeIfRoom();
    }

    void forget(Runnable wake) {
        parked.remove(wake);
    }

    long usedBytes() {
        return used.get();
    }

    private void wakeIfRoom() {
        if (!parked.isEmpty() && !pressed && used.get() <= max / 4 * 3) {
            wakeAll();
        }
    }

    private void wakeAll() {
        for (Runnable wake : List.copyOf(parked)) {
            if (parked.remove(wake)) {
                wake.run();
            }
        }
    }
}
