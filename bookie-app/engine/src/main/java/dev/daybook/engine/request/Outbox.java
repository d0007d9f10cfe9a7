package dev.daybook.engine.request;

import java.util.ArrayDeque;

/** Filled by the core during one call, emptied by its driver after that call has returned. */
final class Outbox<P, T> {
    private final ArrayDeque<Effect<P, T>> pending = new ArrayDeque<>();

    void emit(Effect<P, T> effect) {
        pending.add(effect);
    }

    void drainTo(Effect.Handler<P, T> handler) {
        for (Effect<P, T> next = pending.poll(); next != null; next = pending.poll()) {
            next.dispatch(handler);
        }
    }
}
