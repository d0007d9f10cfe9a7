package dev.daybook.server.shard;

import dev.daybook.engine.request.Verdict;
import dev.daybook.storage.store.LedgerStore;
import dev.daybook.storage.store.Reclaimed;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.function.LongFunction;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Garbage collection. A ledger is dropped only if it was here before the listing began, the listing is complete and does
 * not have it, and the metadata store says of this very ledger that it is gone. Doubt keeps it.
 */
final class Collector {
    private static final Logger LOG = LoggerFactory.getLogger(Collector.class);

    private final Supplier<long[]> snapshot;
    private final LongFunction<CompletableFuture<Verdict>> delete;
    private final Flusher flusher;
    private final List<LedgerStore> stores;

    /** @param delete makes a tombstone; the answer comes when it is durable */
    Collector(
            Supplier<long[]> snapshot,
            LongFunction<CompletableFuture<Verdict>> delete,
            Flusher flusher,
            List<LedgerStore> stores) {
        this.snapshot = snapshot;
        this.delete = delete;
        this.flusher = flusher;
        this.stores = stores;
    }

    synchronized CollectionReport collect(LedgersInMetadata metadata) throws IOException {
        // The snapshot comes first: a ledger that is created during the pass is never a candidate.
        long[] here = snapshot.get();
        Set<Long> existing = metadata.list();
        List<Long> gone = new ArrayList<>();
        long unsure = 0;
        boolean canTell = true;
        for (long ledgerId : here) {
            if (existing.contains(ledgerId)) {
                continue;
            }
            try {
                if (canTell && metadata.isGone(ledgerId)) {
                    gone.add(ledgerId);
                } else {
                    unsure++;
                }
            } catch (IOException e) {
                LOG.warn("The metadata store cannot say whether ledger {} is gone: {}", ledgerId, e.getMessage());
                canTell = false;
                unsure++;
            }
        }
        long dropped = drop(gone);
        int logs = 0;
        long bytes = 0;
        for (LedgerStore store : stores) {
            Reclaimed reclaimed = store.reclaim();
            logs += reclaimed.logs();
            bytes += reclaimed.bytes();
        }
        return new CollectionReport(here.length, dropped, unsure, logs, bytes);
    }

    private long drop(List<Long> gone) throws IOException {
        List<CompletableFuture<Verdict>> answers =
                gone.stream().map(delete::apply).toList();
        long dropped =
                answers.stream().filter(answer -> answer.join() == Verdict.OK).count();
        if (dropped > 0) {
            flusher.flush(); // Only what a checkpoint knows to be deleted may lose its files.
        }
        return dropped;
    }
}
