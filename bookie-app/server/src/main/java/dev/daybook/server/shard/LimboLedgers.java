package dev.daybook.server.shard;

import dev.daybook.client.admin.BookieUsage;
import dev.daybook.engine.ledger.Doubt;
import dev.daybook.engine.request.BookieCore;
import dev.daybook.engine.request.Verdict;
import dev.daybook.storage.memtable.EntryBytes;
import dev.daybook.storage.store.LedgerStore;
import java.io.IOException;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import java.util.function.BiConsumer;
import java.util.stream.LongStream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The ledgers of which acknowledged entries may be missing here. They are fenced, and nothing is denied of them (bookie
 * specification, section 3.5). Thread-safe.
 */
public final class LimboLedgers {
    private static final Logger LOG = LoggerFactory.getLogger(LimboLedgers.class);
    private static final int COUNT_SECONDS_MAX = 2;

    private final List<ShardLoop> shards;
    private final Telling telling;
    private final StorageSet storage;

    LimboLedgers(List<ShardLoop> shards, Telling telling, StorageSet storage) {
        this.shards = shards;
        this.telling = telling;
        this.storage = storage;
    }

    /** Calls the core that owns a ledger. */
    interface Telling {
        CompletableFuture<Verdict> tell(long ledgerId, BiConsumer<BookieCore<EntryBytes, Ticket>, Ticket> call);
    }

    /**
     * Puts a ledger in limbo until {@link #end}.
     *
     * @param masterKey for a ledger whose key is not known here; empty if nobody knows it
     * @return true when it is durable, false if that failed
     */
    public CompletableFuture<Boolean> begin(long ledgerId, byte[] masterKey) {
        return telling.tell(ledgerId, (core, ticket) -> core.onLimboBegin(ledgerId, masterKey, ticket))
                .thenApply(verdict -> verdict == Verdict.OK);
    }

    /**
     * Says that every entry of the ledger that was ever acknowledged here is here again, which also ends what a damaged
     * entry log left in doubt. The fence stays. May block for a moment.
     *
     * @return true when it is durable, false if that failed
     */
    public CompletableFuture<Boolean> end(long ledgerId) {
        LedgerStore store = storage.storeOf(ledgerId);
        try {
            if (store.doubtedLedgers().contains(ledgerId)) {
                store.trust(Set.of(ledgerId));
            }
        } catch (IOException e) {
            LOG.warn("Ledger {} stays in doubt: {}", ledgerId, e.getMessage());
            return CompletableFuture.completedFuture(false);
        }
        return telling.tell(ledgerId, (core, ticket) -> core.onLimboEnd(ledgerId, ticket))
                .thenApply(verdict -> verdict == Verdict.OK);
    }

    /** Says that every ledger of which something may have been lost is in limbo now, and that this is durable. */
    public void endDoubt() {
        shards.forEach(loop -> loop.post(shard -> shard.core().setDoubt(Doubt.NONE)));
    }

    /** How many, or {@link BookieUsage#UNKNOWN} if the shards are too busy to tell. */
    public long count() {
        List<CompletableFuture<Integer>> asked = shards.stream()
                .map(loop -> loop.ask(shard -> shard.core().limboLedgers().size()))
                .toList();
        try {
            return asked.stream()
                    .mapToLong(count ->
                            count.orTimeout(COUNT_SECONDS_MAX, TimeUnit.SECONDS).join())
                    .sum();
        } catch (CompletionException e) {
            return BookieUsage.UNKNOWN;
        }
    }

    /** Those in limbo and those that damage of an entry log left in doubt, ascending. Waits for the shards. */
    public long[] idsWithDoubted() {
        return LongStream.concat(
                        LongStream.of(ids()),
                        storage.stores().stream()
                                .flatMap(store -> store.doubtedLedgers().stream())
                                .mapToLong(Long::longValue))
                .distinct()
                .sorted()
                .toArray();
    }

    /** Those in limbo, ascending. Waits for the shards. */
    public long[] ids() {
        List<CompletableFuture<List<Long>>> asked = shards.stream()
                .map(loop -> loop.ask(shard -> shard.core().limboLedgers()))
                .toList();
        return asked.stream()
                .map(CompletableFuture::join)
                .flatMap(List::stream)
                .mapToLong(Long::longValue)
                .sorted()
                .toArray();
    }
}
