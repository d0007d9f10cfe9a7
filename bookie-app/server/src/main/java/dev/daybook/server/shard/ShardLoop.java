package dev.daybook.server.shard;

import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;

/** The thread that owns a {@link Shard}. Everything is told to the shard through its mailbox, in order. */
final class ShardLoop implements Runnable {
    /** How long the loop sleeps at most when nothing happens. */
    private static final long IDLE_MILLIS = 1000;

    private final Shard shard;
    private final AtomicLong cacheBytes;
    private final long cacheBytesMax;
    private final Consumer<Throwable> onDeath;
    private final Mailbox<Consumer<Shard>> mailbox = new Mailbox<>();
    private long cacheBytesCounted;

    /**
     * @param cacheBytes memory taken by the write caches of all shards
     * @param cacheBytesMax from which on writes are refused
     * @param onDeath told if the loop ends by a defect; nothing may be promised any more then
     */
    ShardLoop(Shard shard, AtomicLong cacheBytes, long cacheBytesMax, Consumer<Throwable> onDeath) {
        this.shard = shard;
        this.cacheBytes = cacheBytes;
        this.cacheBytesMax = cacheBytesMax;
        this.onDeath = onDeath;
        countCache();
    }

    void post(Consumer<Shard> message) {
        mailbox.put(message);
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
        } catch (InterruptedException | RuntimeException | Error e) {
            onDeath.accept(e);
        }
    }

    private void runBatch(List<Consumer<Shard>> messages) {
        long nowMillis = System.currentTimeMillis();
        shard.tell(core -> core.onTick(nowMillis));
        shard.core().setCacheFull(cacheBytes.get() > cacheBytesMax);
        for (Consumer<Shard> message : messages) {
            message.accept(shard);
        }
        shard.endBatch();
        countCache();
    }

    private void countCache() {
        long bytes = shard.cache().bytes();
        cacheBytes.addAndGet(bytes - cacheBytesCounted);
        cacheBytesCounted = bytes;
    }

    private long idleMillis() {
        long nowMillis = System.currentTimeMillis();
        long untilDeadline = shard.core().nextDeadlineMillis().orElse(Long.MAX_VALUE) - nowMillis;
        return Math.max(0, Math.min(IDLE_MILLIS, untilDeadline));
    }
}
