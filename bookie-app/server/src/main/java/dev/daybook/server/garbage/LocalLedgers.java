package dev.daybook.server.garbage;

import java.io.IOException;
import java.util.concurrent.CompletableFuture;

/** The ledgers of this bookie, as garbage collection sees them. Thread-safe. */
public interface LocalLedgers {
    /** Ids of the ledgers held here, ascending. May block. */
    long[] ids();

    /** Number of the flush to come; whatever is added from now on goes to it or to a later one. May block. */
    long currentFlush();

    /** Makes a tombstone of a ledger that does not exist any more. True when it is durable, false if that failed. */
    CompletableFuture<Boolean> delete(long ledgerId);

    /**
     * Makes a tombstone of a ledger whose copies are elsewhere, unless somebody adds to it.
     *
     * @param sinceFlush {@link #currentFlush} when that was first seen
     * @return true when it is durable, false if it failed or the ledger is in use
     */
    CompletableFuture<Boolean> evict(long ledgerId, long sinceFlush);

    /** Entries in memory that a flush will write to the ledger directories. Cheap. */
    long unflushedBytes();

    /**
     * What was deleted is known to the ledger directories afterwards.
     *
     * @throws dev.daybook.storage.disk.DiskFullException if there is no space; nothing is lost
     */
    void flush() throws IOException;
}
