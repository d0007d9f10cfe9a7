package dev.daybook.server.garbage;

import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;

/** Ledgers in a set. */
final class FakeLedgers implements LocalLedgers {
    final TreeSet<Long> ids = new TreeSet<>();
    final TreeSet<Long> inUse = new TreeSet<>();
    final List<String> done = new ArrayList<>();
    long currentFlush = 1;

    FakeLedgers(long... ledgerIds) {
        for (long id : ledgerIds) {
            ids.add(id);
        }
    }

    @Override
    public long[] ids() {
        return ids.stream().mapToLong(Long::longValue).toArray();
    }

    @Override
    public long currentFlush() {
        return currentFlush;
    }

    @Override
    public CompletableFuture<Boolean> delete(long ledgerId) {
        done.add("delete " + ledgerId);
        return CompletableFuture.completedFuture(ids.remove(ledgerId));
    }

    @Override
    public CompletableFuture<Boolean> evict(long ledgerId, long sinceFlush) {
        done.add("evict " + ledgerId + " since " + sinceFlush);
        return CompletableFuture.completedFuture(!inUse.contains(ledgerId) && ids.remove(ledgerId));
    }

    @Override
    public long unflushedBytes() {
        return 0;
    }

    @Override
    public void flush() {
        done.add("flush");
    }
}
