package dev.daybook.server.shard;

import dev.daybook.engine.request.ListResult;
import dev.daybook.engine.request.Listing;
import dev.daybook.engine.request.Lookup;
import dev.daybook.engine.request.LookupResult;
import dev.daybook.storage.memtable.EntryBytes;
import dev.daybook.storage.store.LedgerStore;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.NavigableSet;
import java.util.Optional;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Threads that read from the ledger directories. What recovery asks for has threads of its own and is never refused. So
 * has reading ahead, which must not queue behind those who wait for it.
 */
final class DiskReaders implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(DiskReaders.class);

    /** Searches that may wait; beyond, a reader is told to come back. */
    private static final int WAITING_MAX = 10_000;

    private static final int URGENT_THREADS = 2;

    /** Readers that may wait for something to be read ahead; beyond, they read for themselves. */
    private static final int AHEAD_WAITING_MAX = 100;

    private final StorageSet storage;
    private final ThreadPoolExecutor ordinary;
    private final ThreadPoolExecutor urgent;
    private final ThreadPoolExecutor ahead;

    DiskReaders(StorageSet storage, int threads) {
        this.storage = storage;
        this.ordinary = pool("bookie-read", threads, new ArrayBlockingQueue<>(WAITING_MAX));
        this.urgent = pool("bookie-recovery-read", URGENT_THREADS, new LinkedBlockingQueue<>());
        this.ahead = pool("bookie-read-ahead", threads, new ArrayBlockingQueue<>(AHEAD_WAITING_MAX));
        storage.stores().forEach(store -> store.readAheadOn(ahead));
    }

    private static ThreadPoolExecutor pool(String name, int threads, BlockingQueue<Runnable> queue) {
        return new ThreadPoolExecutor(threads, threads, 0, TimeUnit.SECONDS, queue, task -> new Thread(task, name));
    }

    /** What was read ahead; does not wait for the disk. */
    Optional<EntryBytes> findReady(Lookup<EntryBytes> lookup) {
        return storage.storeOf(lookup.ledgerId())
                .findReady(lookup.ledgerId(), lookup.entryId(), lookup.visibleFromFlush())
                .map(EntryBytes::ofHeap);
    }

    void find(Lookup<EntryBytes> lookup, ShardLoop asker) {
        ThreadPoolExecutor pool = lookup.isUrgent() ? urgent : ordinary;
        boolean accepted = tryExecute(pool, () -> {
            LookupResult<EntryBytes> result = search(storage, lookup);
            asker.post(shard -> shard.tell(core -> core.onLookup(lookup, result)));
        });
        if (!accepted) {
            asker.post(shard -> shard.tell(core -> core.onLookup(lookup, new LookupResult.Refused<>())));
        }
    }

    static LookupResult<EntryBytes> search(StorageSet storage, Lookup<EntryBytes> lookup) {
        LedgerStore store = storage.storeOf(lookup.ledgerId());
        try {
            Optional<ByteBuffer> body = store.find(lookup.ledgerId(), lookup.entryId(), lookup.visibleFromFlush());
            return body.isPresent()
                    ? new LookupResult.Found<>(EntryBytes.ofHeap(body.get()))
                    : new LookupResult.Absent<>();
        } catch (IOException | RuntimeException e) {
            LOG.warn("Entry {} of ledger {} could not be read: {}", lookup.entryId(), lookup.ledgerId(), e.toString());
            return new LookupResult.Failed<>();
        }
    }

    void list(Listing listing, NavigableSet<Long> cached, ShardLoop asker) {
        boolean accepted = tryExecute(ordinary, () -> {
            ListResult result = list(storage, listing, cached);
            asker.post(shard -> shard.tell(core -> core.onListed(listing, result)));
        });
        if (!accepted) {
            asker.post(shard -> shard.tell(core -> core.onListed(listing, new ListResult.Failed())));
        }
    }

    static ListResult list(StorageSet storage, Listing listing, NavigableSet<Long> ids) {
        LedgerStore store = storage.storeOf(listing.ledgerId());
        try {
            store.forEachEntry(listing.ledgerId(), listing.visibleFromFlush(), ids::add);
            return new ListResult.Listed(ids.stream().mapToLong(Long::longValue).toArray());
        } catch (IOException | RuntimeException e) {
            LOG.warn("The entries of ledger {} could not be listed: {}", listing.ledgerId(), e.toString());
            return new ListResult.Failed();
        }
    }

    private static boolean tryExecute(ThreadPoolExecutor pool, Runnable task) {
        try {
            pool.execute(task);
            return true;
        } catch (RejectedExecutionException e) {
            return false;
        }
    }

    /** Lets what has begun come to its end; what nobody has asked for yet need not be read. */
    @Override
    public void close() {
        ahead.getQueue().clear();
        List<ThreadPoolExecutor> pools = List.of(ahead, ordinary, urgent);
        pools.forEach(ThreadPoolExecutor::shutdown);
        try {
            boolean ended = true;
            for (ThreadPoolExecutor pool : pools) {
                ended &= pool.awaitTermination(10, TimeUnit.SECONDS);
            }
            if (!ended) {
                LOG.warn("Reads from disk did not end in time.");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
