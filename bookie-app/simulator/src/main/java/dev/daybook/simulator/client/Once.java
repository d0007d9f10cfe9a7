package dev.daybook.simulator.client;

import java.util.function.Consumer;

/** Hears one answer: drivers of repairs promise as much, whatever the network delivers late. */
final class Once<T> implements Consumer<T> {
    private final Consumer<T> then;
    private boolean heard;

    private Once(Consumer<T> then) {
        this.then = then;
    }

    static <T> Consumer<T> of(Consumer<T> then) {
        return new Once<>(then);
    }

    @Override
    public void accept(T answer) {
        if (!heard) {
            heard = true;
            then.accept(answer);
        }
    }
}
