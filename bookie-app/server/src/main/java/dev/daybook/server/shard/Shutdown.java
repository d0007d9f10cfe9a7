package dev.daybook.server.shard;

import dev.daybook.server.journal.JournalLoop;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The orderly end. Skipping any of it loses nothing: the next start recovers from disk either way. */
final class Shutdown {
    private static final Logger LOG = LoggerFactory.getLogger(Shutdown.class);
    private static final long JOIN_MILLIS = 30_000;

    /** Of a bookie that failed, threads may hang in a call to a disk that does not answer. */
    private static final long JOIN_AFTER_FAILURE_MILLIS = 2000;

    private static final long ANSWER_SECONDS_MAX = 2;

    private final List<ShardLoop> shards;
    private final List<JournalLoop> journals;
    private final FlushLoop flushLoop;
    private final Flusher flusher;
    private final List<Thread> threads;
    private final boolean failed;

    /** @param failed nothing that failed is tried again, so there is no last flush */
    Shutdown(
            List<ShardLoop> shards,
            List<JournalLoop> journals,
            FlushLoop flushLoop,
            Flusher flusher,
            List<Thread> threads,
            boolean failed) {
        this.shards = shards;
        this.journals = journals;
        this.flushLoop = flushLoop;
        this.flusher = flusher;
        this.threads = threads;
        this.failed = failed;
    }

    void run() {
        flushLoop.close();
        // Waiting polls are answered now; requests that arrived before are in the mailboxes before this.
        List<CompletableFuture<Boolean>> released = shards.stream()
                .map(loop -> loop.ask(shard -> {
                    shard.tell(core -> core.onTick(Long.MAX_VALUE));
                    return true;
                }))
                .toList();
        try {
            released.forEach(answer ->
                    answer.orTimeout(ANSWER_SECONDS_MAX, TimeUnit.SECONDS).join());
            if (!failed) {
                flusher.flush();
            }
        } catch (IOException | CompletionException e) {
            LOG.warn("The last flush failed, the next start replays the journal: {}", e.getMessage());
        }
        // From here on nothing reads what the shards have frozen, so they may release it.
        flusher.close();
        journals.forEach(JournalLoop::close);
        join("bookie-journal");
        shards.forEach(ShardLoop::close);
        join("bookie-");
    }

    private void join(String prefix) {
        for (Thread thread : threads) {
            if (thread.getName().startsWith(prefix)) {
                join(thread);
            }
        }
    }

    private void join(Thread thread) {
        try {
            thread.join(failed ? JOIN_AFTER_FAILURE_MILLIS : JOIN_MILLIS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        if (thread.isAlive()) {
            LOG.warn("The thread {} did not end in time.", thread.getName());
        }
    }
}
