package dev.daybook.client.loop;

import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** Every open promise of a client, so that none is left open when it closes. Thread-safe. */
final class Promises {
    private final Completions completions;
    private final Set<Promise<?>> open = ConcurrentHashMap.newKeySet();
    private volatile boolean closed;

    Promises(Completions completions) {
        this.completions = completions;
    }

    /** @param what the operation, as the beginning of a sentence: "Opening ledger 7" */
    <T> Promise<T> make(String what) {
        Promise<T> promise = new Promise<>(what, this);
        open.add(promise);
        if (closed) {
            promise.fail(Failures.clientClosed(what));
        }
        return promise;
    }

    Completions completions() {
        return completions;
    }

    /** True for the one who may end it. */
    boolean forget(Promise<?> promise) {
        return open.remove(promise);
    }

    /** Fails what is open now and whatever is made later. */
    void close() {
        closed = true;
        for (Promise<?> promise : List.copyOf(open)) {
            promise.fail(Failures.clientClosed(promise.what()));
        }
    }
}
