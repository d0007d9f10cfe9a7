package dev.daybook.server.shard;

import dev.daybook.engine.request.BookieCore;
import dev.daybook.engine.request.Verdict;
import dev.daybook.server.garbage.LocalLedgers;
import dev.daybook.storage.memtable.EntryBytes;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.BiConsumer;
import java.util.function.Function;

/** The ledgers of all shards. */
final class HeldLedgers implements LocalLedgers {
    /** A shard that takes longer than this has died. */
    private static final long ANSWER_SECONDS_MAX = 60;

    private final List<ShardLoop> shards;
    private final Flusher flusher;
    private final CacheGauge gauge;

    HeldLedgers(List<ShardLoop> shards, Flusher flusher, CacheGauge gauge) {
        this.shards = shards;
        this.flusher = flusher;
        this.gauge = gauge;
    }

    @Override
    public long[] ids() {
        return ask(shard -> shard.core().livingLedgers()).stream()
                .flatMap(List::stream)
                .mapToLong(Long::longValue)
                .sorted()
                .toArray();
    }

    /** Shards begin a flush one after the other; the smallest number is true of all of them. */
    @Override
    public long currentFlush() {
        return ask(shard -> shard.core().currentFlush()).stream()
                .mapToLong(Long::longValue)
                .min()
                .orElse(0);
    }

    private <R> List<R> ask(Function<Shard, R> question) {
        List<CompletableFuture<R>> asked =
                shards.stream().map(loop -> loop.ask(question)).toList();
        return asked.stream()
                .map(answer ->
                        answer.orTimeout(ANSWER_SECONDS_MAX, TimeUnit.SECONDS).join())
                .toList();
    }

    @Override
    public CompletableFuture<Boolean> delete(long ledgerId) {
        return tell(ledgerId, (core, ticket) -> core.onDelete(ledgerId, ticket));
    }

    @Override
    public CompletableFuture<Boolean> evict(long ledgerId, long sinceFlush) {
        return tell(ledgerId, (core, ticket) -> core.onEvict(ledgerId, sinceFlush, ticket));
    }

    private CompletableFuture<Boolean> tell(long ledgerId, BiConsumer<BookieCore<EntryBytes, Ticket>, Ticket> call) {
        CompletableFuture<Boolean> done = new CompletableFuture<>();
        Ticket ticket = answer -> done.complete(answer.verdict() == Verdict.OK);
        ShardLoop loop = shards.get(Math.floorMod(ledgerId, shards.size()));
        if (!loop.post(shard -> shard.tell(core -> call.accept(core, ticket)))) {
            done.complete(false);
        }
        return done;
    }

    @Override
    public long unflushedBytes() {
        return gauge.bytes();
    }

    @Override
    public void flush() throws IOException {
        flusher.flush();
    }
}
