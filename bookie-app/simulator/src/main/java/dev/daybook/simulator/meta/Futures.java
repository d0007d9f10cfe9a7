package dev.daybook.simulator.meta;

import java.util.concurrent.CompletableFuture;

/** Makes what a client waits by. */
public interface Futures {
    <T> CompletableFuture<T> make();
}
