package dev.daybook.interop.peer;

import java.io.PrintStream;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.bookkeeper.client.AsyncCallback;
import org.apache.bookkeeper.client.BKException;
import org.apache.bookkeeper.client.LedgerHandle;
import org.apache.bookkeeper.client.LedgerHandleAdv;

/** Appends without waiting and says how far it is, until it is done or killed. Used once. */
final class PeerStream {
    /** Ids of advanced handles are submitted backwards within groups of this size. */
    private static final int GROUP = 4;

    private final LedgerHandle handle;
    private final int size;
    private final PrintStream answers;
    private final CompletableFuture<Void> done = new CompletableFuture<>();
    private final AtomicInteger unacknowledged = new AtomicInteger();

    PeerStream(LedgerHandle handle, int size, PrintStream answers) {
        this.handle = handle;
        this.size = size;
        this.answers = answers;
    }

    /** @param count a multiple of the group for advanced handles */
    String run(int count, int forceEvery) throws Exception {
        unacknowledged.set(count);
        for (int i = 0; i < count; i++) {
            add(i);
            if (forceEvery > 0 && i % forceEvery == forceEvery - 1) {
                force();
            }
        }
        await(done);
        return Long.toString(handle.getLastAddConfirmed());
    }

    private void add(int number) {
        AsyncCallback.AddCallback whenDone = (code, same, entry, context) -> {
            if (code == BKException.Code.OK) {
                answers.println("acked " + entry);
                if (unacknowledged.decrementAndGet() == 0) {
                    done.complete(null);
                }
            } else {
                done.completeExceptionally(BKException.create(code));
            }
        };
        if (handle instanceof LedgerHandleAdv) {
            long id = (long) number - number % GROUP + (GROUP - 1 - number % GROUP);
            handle.asyncAddEntry(id, PeerClient.Payloads.payload(id, size), 0, size, whenDone, null);
        } else {
            handle.asyncAddEntry(PeerClient.Payloads.payload(number, size), whenDone, null);
        }
    }

    private void force() {
        var unused = handle.force().whenComplete((nothing, failure) -> {
            if (failure == null) {
                answers.println("forced " + handle.getLastAddConfirmed());
            }
        });
    }

    static <T> T await(CompletableFuture<T> future) throws Exception {
        try {
            return future.get();
        } catch (ExecutionException e) {
            if (e.getCause() instanceof BKException known) {
                throw known;
            }
            throw e;
        }
    }
}
