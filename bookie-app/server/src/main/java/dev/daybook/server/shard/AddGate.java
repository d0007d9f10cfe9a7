package dev.daybook.server.shard;

import dev.daybook.protocol.model.Status;
import dev.daybook.protocol.wire.BookieRequest;
import dev.daybook.storage.memtable.EntryArena;
import dev.daybook.storage.memtable.EntryBytes;
import java.util.ArrayDeque;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Where bodies of adds are copied into the arena, the only time. When there is no memory, adds wait here in their order
 * and the network is told to stop reading; they do not fail, except while the bookie cannot write, when waiting would
 * have no end. Thread-safe.
 */
final class AddGate {
    /** What happens to an add that has its memory. */
    interface Entrance {
        /** Takes over the body; must not block. */
        void enter(BookieRequest.Add add, EntryBytes body, RequestTicket ticket);
    }

    private final EntryArena arena;
    private final CacheGauge gauge;
    private final Entrance entrance;
    private final Runnable scheduleRetry;
    private final AtomicBoolean retryIsDue = new AtomicBoolean();
    private final ArrayDeque<Waiting> queue = new ArrayDeque<>();
    private Optional<Status> refusal = Optional.empty();
    private Consumer<Boolean> onPressure = pressed -> {};

    /** Changed under the lock, after the queue: false means that every add which came before has entered. */
    private volatile boolean waiting;

    private record Waiting(BookieRequest.Add add, RequestTicket ticket) {}

    /** @param scheduleRetry calls {@link #retry} soon, from a thread that may block */
    AddGate(EntryArena arena, CacheGauge gauge, Entrance entrance, Runnable scheduleRetry) {
        this.arena = arena;
        this.gauge = gauge;
        this.entrance = entrance;
        this.scheduleRetry = scheduleRetry;
    }

    /** @param listener told when adds begin to wait and when none does any more; must not block */
    synchronized void onPressure(Consumer<Boolean> listener) {
        onPressure = listener;
    }

    /** Takes over the request's buffer. */
    void execute(BookieRequest.Add add, RequestTicket ticket) {
        EntryBytes body = waiting ? null : tryCopy(add);
        if (body != null) {
            enter(add, body, ticket);
        } else {
            await(add, ticket);
        }
    }

    /** Null if there is no room now. */
    private @Nullable EntryBytes tryCopy(BookieRequest.Add add) {
        int bytes = add.body().readableBytes();
        EntryBytes body =
                gauge.isFull() ? null : arena.tryTake(Thread.currentThread().getId(), bytes);
        if (body != null) {
            add.body().getBytes(add.body().readerIndex(), body.view());
        }
        return body;
    }

    private void enter(BookieRequest.Add add, EntryBytes body, RequestTicket ticket) {
        add.body().release();
        entrance.enter(add, body, ticket);
    }

    private void await(BookieRequest.Add add, RequestTicket ticket) {
        Optional<Status> refused = queueUnlessRefused(new Waiting(add, ticket));
        if (refused.isPresent()) {
            add.body().release();
            ticket.refuse(refused.get());
        } else {
            onRoom(); // Room may have come between the look and the wait.
        }
    }

    private synchronized Optional<Status> queueUnlessRefused(Waiting add) {
        if (refusal.isEmpty()) {
            queue.add(add);
            if (!waiting) {
                waiting = true;
                onPressure.accept(true);
            }
        }
        return refusal;
    }

    boolean isWaiting() {
        return waiting;
    }

    /** There may be room again. Any thread; does not block. */
    void onRoom() {
        if (waiting && retryIsDue.compareAndSet(false, true)) {
            scheduleRetry.run();
        }
    }

    /** Lets in what has room now. */
    void retry() {
        retryIsDue.set(false);
        synchronized (this) {
            for (Waiting next = queue.peek(); next != null; next = queue.peek()) {
                EntryBytes body = tryCopy(next.add());
                if (body == null) {
                    return;
                }
                queue.remove();
                enter(next.add(), body, next.ticket());
            }
            endWait();
        }
    }

    private void endWait() {
        if (waiting) {
            waiting = false;
            onPressure.accept(false);
        }
    }

    /** While a status is set no add waits: those without room are answered with it, also the ones that wait now. */
    void refuseInsteadOfWaiting(Optional<Status> status) {
        ArrayDeque<Waiting> refused = new ArrayDeque<>();
        synchronized (this) {
            refusal = status;
            if (status.isPresent()) {
                refused.addAll(queue);
                queue.clear();
                endWait();
            }
        }
        for (Waiting each : refused) {
            each.add().body().release();
            each.ticket().refuse(status.orElseThrow());
        }
    }
}
