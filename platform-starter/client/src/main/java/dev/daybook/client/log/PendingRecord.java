package dev.daybook.client.log;

import dev.daybook.client.LedgerException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;

/** A record on its way, from the application's call to the outcome. Ends once; belongs to the owner's executor. */
final class PendingRecord {
    private final byte[] payload;
    private final Room room;
    private final Executor callbacks;
    private final CompletableFuture<LogPosition> future = new CompletableFuture<>();
    private boolean ended;

    PendingRecord(byte[] payload, Room room, Executor callbacks) {
        this.payload = payload;
        this.room = room;
        this.callbacks = callbacks;
    }

    CompletionStage<LogPosition> stage() {
        return future;
    }

    byte[] payload() {
        return payload;
    }

    void acknowledge(LogPosition position) {
        if (end()) {
            callbacks.execute(() -> future.complete(position));
        }
    }

    void fail(LedgerException reason) {
        if (end()) {
            callbacks.execute(() -> future.completeExceptionally(reason));
        }
    }

    private boolean end() {
        if (ended) {
            return false;
        }
        ended = true;
        room.leave(payload.length);
        return true;
    }
}
