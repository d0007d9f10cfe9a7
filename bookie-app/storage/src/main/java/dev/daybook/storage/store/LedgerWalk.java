package dev.daybook.storage.store;

import dev.daybook.storage.memtable.FrozenCache;
import java.io.IOException;
import java.util.List;
import java.util.function.LongPredicate;

/** Goes through the ledgers of several caches, which have none in common, by ascending id. Not thread-safe. */
final class LedgerWalk {
    private final List<FrozenCache> caches;
    private final LongPredicate wanted;

    /** Per cache, the position of its next ledger. */
    private final int[] positions;

    private int current = -1;

    /** @param wanted the other ledgers are passed over */
    LedgerWalk(List<FrozenCache> caches, LongPredicate wanted) {
        this.caches = caches;
        this.wanted = wanted;
        this.positions = new int[caches.size()];
    }

    /** Goes to the next ledger, the first one to begin with. Returns false if there is none. */
    boolean next() {
        if (current >= 0) {
            positions[current]++;
        }
        current = -1;
        for (int i = 0; i < positions.length; i++) {
            FrozenCache cache = caches.get(i);
            while (positions[i] < cache.ledgerCount() && !wanted.test(cache.ledgerIdAt(positions[i]))) {
                positions[i]++;
            }
            if (positions[i] < cache.ledgerCount() && (current < 0 || idAt(i) < idAt(current))) {
                current = i;
            }
        }
        return current >= 0;
    }

    private long idAt(int cache) {
        return caches.get(cache).ledgerIdAt(positions[cache]);
    }

    long ledgerId() {
        return idAt(current);
    }

    /** Shows the ledger's entries by ascending id. */
    void forEachEntry(FrozenCache.EntryVisitor visitor) throws IOException {
        caches.get(current).forEachEntryAt(positions[current], visitor);
    }
}
