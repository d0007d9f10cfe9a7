package dev.daybook.client.loop;

import dev.daybook.client.LedgerException;
import dev.daybook.protocol.model.EntryId;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** An entry that the application waits for. Belongs to the loop, after the thread that made it has handed it over. */
final class PendingAppend implements Runnable {
    /** The entry gets the next id. */
    static final long NEXT_ID = EntryId.NONE;

    private final OutgoingEntry entry;
    private final long chosenId;
    private final CompletableFuture<EntryId> future;
    private final long startNanos;
    private boolean overdue;
    private @Nullable EntryId result;
    private @Nullable LedgerException failure;

    /** @param chosenId the application's choice, or {@link #NEXT_ID} */
    PendingAppend(OutgoingEntry entry, long chosenId, CompletableFuture<EntryId> future, long startNanos) {
        this.entry = entry;
        this.chosenId = chosenId;
        this.future = future;
        this.startNanos = startNanos;
    }

    OutgoingEntry entry() {
        return entry;
    }

    long chosenId() {
        return chosenId;
    }

    long ageNanos(long nowNanos) {
        return nowNanos - startNanos;
    }

    /** The application was told that it need not wait; what becomes of the entry is nobody's concern any more. */
    boolean isOverdue() {
        return overdue;
    }

    void markOverdue() {
        overdue = true;
    }

    /** To be run on the application's side then. */
    PendingAppend acknowledged(EntryId id) {
        result = id;
        return this;
    }

    /** To be run on the application's side then. */
    PendingAppend failed(LedgerException reason) {
        failure = reason;
        return this;
    }

    @Override
    public void run() {
        if (failure != null) {
            future.completeExceptionally(failure);
        } else {
            future.complete(result);
        }
    }
}
