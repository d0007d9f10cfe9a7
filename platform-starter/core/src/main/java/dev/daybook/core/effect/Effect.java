package dev.daybook.core.effect;

/**
 * Something a core wants done. A driver performs it and reports the result by a call to the core.
 *
 * @param <H> the handler that performs it; adding an effect adds a method to the handler, so that neither the
 *     production driver nor the simulator compiles until it performs the new effect
 */
public interface Effect<H> {
    void dispatch(H handler);
}
