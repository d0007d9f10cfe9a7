package dev.daybook.server.shard;

import dev.daybook.engine.request.Append;
import dev.daybook.server.journal.AppendListener;
import dev.daybook.server.loop.Mailbox;
import dev.daybook.storage.memtable.EntryBytes;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import java.util.function.Function;

/** The thread that owns a {@link Shard}. Everything is told to the shard through its mailbox, in order. */
final class ShardLoop implements Runnable, AppendListener {
    /** How long the loop sleeps at most when nothing happens. */
    private static final long IDLE_MILLIS = 1000;

    private final Shard shard;
    private final CacheGauge gauge;
    private final Consumer<Throwable> onDeath;
    private final Mailbox<Consumer<Shard>> mailbox = new Mailbox<>();
    private long bytesCounted;
    private long entriesCounted;

    /** @param onDeath told if the loop ends by a defect; nothing may be promised any more then */
    ShardLoop(Shard shard, CacheGauge gauge, Consumer<Throwable> onDeath) {
        this.shard = shard;
        this.gauge = gauge;
        this.onDeath = onDeath;
        countCache();
    }

    /** Returns false, and forgets the message, if the loop has been closed. */
    boolean post(Consumer<Shard> message) {
        return mailbox.put(message);
    }

    /** Posts a question. The answer fails if the loop has been closed; the cache's size is counted before it comes. */
    <R> CompletableFuture<R> ask(Function<Shard, R> question) {
        CompletableFuture<R> answer = new CompletableFuture<>();
        boolean posted = post(asked -> {
            R result = question.apply(asked);
            countCache();
            answer.complete(result);
        });
        if (!posted) {
            answer.completeExceptionally(new IllegalStateException("the bookie is closed"));
        }
        return answer;
    }

    @Override
    public void written(List<Append<EntryBytes>> appends) {
        post(told -> told.written(appends));
    }

    @Override
    public void synced(List<Append<EntryBytes>> appends) {
        post(told -> told.synced(appends));
    }

    @Override
    public void failed(List<Append<EntryBytes>> appends) {
        if (!post(told -> told.failed(appends))) {
            // Only at the end of this loop, whose own thread finds the journal closed.
            shard.failed(appends);
        }
    }

    /** Ends the loop when everything posted so far has been done. */
    void close() {
        mailbox.close();
    }

    @Override
    public void run() {
        try {
            while (!mailbox.isClosedAndEmpty()) {
                runBatch(mailbox.take(idleMillis()));
            }
            shard.cache().clear(); // What was not flushed is in the journal.
            countCache();
        } catch (InterruptedException | RuntimeException | Error e) {
            onDeath.accept(e);
        }
    }

    private void runBatch(List<Consumer<Shard>> messages) {
        long nowMillis = System.currentTimeMillis();
        shard.tell(core -> core.onTick(nowMillis));
        for (Consumer<Shard> message : messages) {
            message.accept(shard);
        }
        shard.endBatch();
        countCache();
    }

    private void countCache() {
        long bytes = shard.cache().bytes();
        long entries = shard.cache().entries();
        gauge.changed(bytes - bytesCounted, entries - entriesCounted);
        bytesCounted = bytes;
        entriesCounted = entries;
    }

    private long idleMillis() {
        long nowMillis = System.currentTimeMillis();
        long untilDeadline = shard.core().nextDeadlineMillis().orElse(Long.MAX_VALUE) - nowMillis;
        return Math.max(0, Math.min(IDLE_MILLIS, untilDeadline));
    }
}
