package dev.daybook.core.effect;

import java.util.ArrayDeque;

/**
 * Effects in the order a core asked for them. Filled during a call to the core, emptied by its driver after that call
 * has returned, so nothing can call back into the middle of a transition. Not thread-safe: it belongs to the loop that
 * owns the core.
 *
 * @param <H> what performs the effects
 */
public final class Outbox<H> {
    private final ArrayDeque<Effect<? super H>> pending = new ArrayDeque<>();

    public void emit(Effect<? super H> effect) {
        pending.add(effect);
    }

    /** A handler may call the core; what that adds is performed by the same drain. */
    public void drainTo(H handler) {
        for (Effect<? super H> next = pending.poll(); next != null; next = pending.poll()) {
            next.dispatch(handler);
        }
    }

    public boolean isEmpty() {
        return pending.isEmpty();
    }
}
