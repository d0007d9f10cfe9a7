package dev.daybook.client.log;

import dev.daybook.client.LedgerException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;

/** Whoever asked a writer for its next ledger and waits for it. Belongs to the owner's executor. */
final class AwaitedRolls {
    private final Executor callbacks;
    private final List<CompletableFuture<Void>> awaited = new ArrayList<>();

    AwaitedRolls(Executor callbacks) {
        this.callbacks = callbacks;
    }

    void add(CompletableFuture<Void> roll) {
        awaited.add(roll);
    }

    void done() {
        List<CompletableFuture<Void>> told = takeAll();
        callbacks.execute(() -> told.forEach(roll -> roll.complete(null)));
    }

    void failed(LedgerException reason) {
        List<CompletableFuture<Void>> told = takeAll();
        callbacks.execute(() -> told.forEach(roll -> roll.completeExceptionally(reason)));
    }

    private List<CompletableFuture<Void>> takeAll() {
        List<CompletableFuture<Void>> all = List.copyOf(awaited);
        awaited.clear();
        return all;
    }
}
