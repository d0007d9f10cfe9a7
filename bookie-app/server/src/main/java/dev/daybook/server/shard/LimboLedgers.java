package dev.daybook.server.shard;

import dev.daybook.engine.ledger.Doubt;
import dev.daybook.engine.request.BookieCore;
import dev.daybook.engine.request.Verdict;
import dev.daybook.storage.memtable.EntryBytes;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.BiConsumer;

/**
 * The ledgers of which acknowledged entries may be missing here. They are fenced, and nothing is denied of them (bookie
 * specification, section 3.5). Thread-safe.
 */
public final class LimboLedgers {
    private final List<ShardLoop> shards;
    private final Telling telling;

    LimboLedgers(List<ShardLoop> shards, Telling telling) {
        this.shards = shards;
        this.telling = telling;
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
     * Says that every entry of the ledger that was ever acknowledged here is here again. The fence stays.
     *
     * @return true when it is durable, false if that failed
     */
    public CompletableFuture<Boolean> end(long ledgerId) {
        return telling.tell(ledgerId, (core, ticket) -> core.onLimboEnd(ledgerId, ticket))
                .thenApply(verdict -> verdict == Verdict.OK);
    }

    /** Says that every ledger of which something may have been lost is in limbo now, and that this is durable. */
    public void endDoubt() {
        shards.forEach(loop -> loop.post(shard -> shard.core().setDoubt(Doubt.NONE)));
    }

    /** Ascending. Waits for the shards. */
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
