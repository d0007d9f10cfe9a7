package dev.daybook.server.shard;

import dev.daybook.engine.compaction.TokenBucket;
import dev.daybook.server.loop.Mailbox;
import dev.daybook.storage.store.LedgerStore;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.locks.LockSupport;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The thread that merges segments of the index, and rebuilds an index that was found damaged. Beside everything else and
 * at a limited rate, so that flushes and requests do not notice. Nothing that fails here loses anything: it is tried
 * again.
 */
final class MaintenanceLoop implements Runnable {
    private static final Logger LOG = LoggerFactory.getLogger(MaintenanceLoop.class);
    private static final long IDLE_MILLIS = 1000;
    private static final long RETRY_MILLIS = 30_000;

    private final List<LedgerStore> stores;
    private final long rowsPerSecond;
    private final TokenBucket rows;
    private final Mailbox<Object> end = new Mailbox<>();
    private volatile boolean closed;

    /** @param rowsPerSecond index rows that are read for merges */
    MaintenanceLoop(List<LedgerStore> stores, long rowsPerSecond) {
        this.stores = stores;
        this.rowsPerSecond = rowsPerSecond;
        this.rows = new TokenBucket(rowsPerSecond, Math.max(1, rowsPerSecond), System.nanoTime());
    }

    /** Ends the loop, in the middle of a job if need be. */
    void close() {
        closed = true;
        end.close();
    }

    @Override
    public void run() {
        try {
            while (!end.isClosedAndEmpty()) {
                end.take(runOnce() ? IDLE_MILLIS : RETRY_MILLIS);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Returns false if something went wrong, which trying again at once would not change. */
    private boolean runOnce() {
        boolean fine = true;
        for (LedgerStore store : stores) {
            try {
                maintain(store);
            } catch (CancellationException e) {
                return true;
            } catch (IOException | RuntimeException e) {
                LOG.warn("The index could not be kept in order, which is tried again: {}", e.getMessage());
                fine = false;
            }
        }
        return fine;
    }

    private void maintain(LedgerStore store) throws IOException {
        if (store.isRebuildNeeded()) {
            long startNanos = System.nanoTime();
            long entries = store.rebuildIndex(this::checkOpen).entries();
            LOG.info(
                    "Rebuilding the index took {} ms for {} entries.",
                    (System.nanoTime() - startNanos) / 1_000_000,
                    entries);
        }
        boolean more = true;
        while (more && !closed) {
            more = store.mergeSegments(this::pace);
        }
    }

    private void checkOpen(long count) {
        if (closed) {
            throw new CancellationException("the bookie ends after " + count + " rows more");
        }
    }

    private void pace(long count) {
        checkOpen(count);
        long waitNanos = rowsPerSecond <= 0 ? 0 : rows.take(count, System.nanoTime());
        if (waitNanos > 0) {
            LockSupport.parkNanos(waitNanos);
        }
    }
}
