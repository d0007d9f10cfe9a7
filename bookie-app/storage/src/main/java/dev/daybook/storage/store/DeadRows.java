package dev.daybook.storage.store;

import dev.daybook.engine.ledger.LedgerRow;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Which rows of the index belong to a deleted life of their ledger. Knows of durable deletions only, because what it
 * calls dead may lose its files. Thread-safe.
 */
final class DeadRows {
    /** Ledger to flush: rows of earlier flushes are dead. */
    private final Map<Long, Long> hidden = new ConcurrentHashMap<>();

    /** The row has become durable. */
    void note(LedgerRow row) {
        if (row.forgotten()) {
            hidden.remove(row.ledgerId());
        } else if (row.hidesEntries()) {
            hidden.put(row.ledgerId(), row.visibleFromFlush());
        }
    }

    boolean isLive(long ledgerId, long flush) {
        return hidden.getOrDefault(ledgerId, Long.MIN_VALUE) <= flush;
    }

    int ledgers() {
        return hidden.size();
    }

    /** No row of any of these deletions is left in the index. */
    void purged(Map<Long, Long> deletions) {
        deletions.forEach(hidden::remove);
    }

    Map<Long, Long> copy() {
        return Map.copyOf(hidden);
    }
}
