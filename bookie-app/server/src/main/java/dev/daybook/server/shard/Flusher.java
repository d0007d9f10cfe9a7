package dev.daybook.server.shard;

import dev.daybook.metrics.BookieMetrics;
import dev.daybook.server.journal.JournalLoop;
import dev.daybook.storage.disk.DiskFullException;
import dev.daybook.storage.journal.JournalPosition;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;

/**
 * Moves what the shards have stored from memory and journal to the ledger directories. Flushes exclude each other. When
 * there is no space, the flush is kept and tried again before any new one; the journal has its entries.
 */
final class Flusher {
    /** A shard that takes longer than this has died. */
    private static final long ANSWER_SECONDS_MAX = 60;

    /** Between pieces of a flush that has time. Without, its long work keeps threads waiting that have little to do. */
    private static final long PAUSE_NANOS = 300_000;

    private final StorageSet storage;
    private final List<ShardLoop> shards;
    private final List<JournalLoop> journals;
    private final CacheGauge gauge;
    private final BookieMetrics metrics;
    private final Consumer<String> onFatal;

    private boolean closed;
    private Optional<FlushJob> unfinished;
    private List<JournalPosition> lastMarks = List.of();

    /**
     * @param onFatal told, with a sentence for a person, when the ledger directories have failed
     * @param unfinished a flush for which there was no space yet
     */
    Flusher(
            StorageSet storage,
            List<ShardLoop> shards,
            List<JournalLoop> journals,
            CacheGauge gauge,
            BookieMetrics metrics,
            Consumer<String> onFatal,
            Optional<FlushJob> unfinished) {
        this.storage = storage;
        this.shards = shards;
        this.journals = journals;
        this.gauge = gauge;
        this.metrics = metrics;
        this.onFatal = onFatal;
        this.unfinished = unfinished;
    }

    /**
     * Everything acknowledged before the call is in the ledger directories afterwards.
     *
     * @throws DiskFullException if there is no space; nothing is lost and it may be tried again
     * @throws IOException if the ledger directories failed; nothing may be written to them any more
     */
    synchronized void flush() throws IOException {
        flush(false);
    }

    /** As {@link #flush}, with all ledgers, so that nothing depends on what earlier flushes wrote about them. */
    synchronized void flushEverything() throws IOException {
        flush(true);
    }

    private void flush(boolean complete) throws IOException {
        if (closed) {
            throw new CancellationException("the bookie is closed");
        }
        try {
            flushOnce(complete);
        } catch (DiskFullException e) {
            throw e;
        } catch (IOException e) {
            onFatal.accept("The ledger directories could not be written (" + e.getMessage()
                    + "): check the disks and start the bookie again.");
            throw e;
        }
    }

    /** Waits for the flush that may be running; none begins any more. */
    synchronized void close() {
        closed = true;
    }

    private void flushOnce(boolean complete) throws IOException {
        if (unfinished.isPresent()) {
            finish(unfinished.get());
        }
        // First the marks, then what they cover: records before the synced end have been told to the shards, whose
        // mailboxes they reached before the question below does.
        List<JournalPosition> marks =
                journals.stream().map(JournalLoop::syncedEnd).toList();
        if (!complete && marks.equals(lastMarks) && gauge.bytes() == 0) {
            return;
        }
        long startNanos = System.nanoTime();
        long purgedFlush = storage.purgedFlush();
        boolean allRows = complete || storage.wantsAllRows();
        List<CompletableFuture<Answer>> asked = new ArrayList<>();
        for (ShardLoop shard : shards) {
            asked.add(shard.ask(told -> {
                if (allRows) {
                    told.core().touchAll();
                }
                return new Answer(told.core().currentFlush(), told.freeze(purgedFlush));
            }));
        }
        List<Answer> answers = asked.stream()
                .map(answer ->
                        answer.orTimeout(ANSWER_SECONDS_MAX, TimeUnit.SECONDS).join())
                .toList();
        FlushJob job = new FlushJob(
                answers.get(0).flush(), answers.stream().map(Answer::frozen).toList(), allRows, Optional.of(marks));
        unfinished = Optional.of(job);
        finish(job);
        lastMarks = marks;
        metrics.flushCompleted(System.nanoTime() - startNanos, job.bytes());
    }

    private record Answer(long flush, Shard.Frozen frozen) {}

    private void finish(FlushJob job) throws IOException {
        job.run(storage.stores(), this::pause);
        unfinished = Optional.empty();
        releaseCaches();
        for (int i = 0; i < journals.size(); i++) {
            journals.get(i).trim(storage.minimumMark(i));
        }
    }

    private void pause() {
        if (!gauge.isShort()) {
            LockSupport.parkNanos(PAUSE_NANOS);
        }
    }

    /** Waits, so that the memory of this flush is not taken for a reason to begin the next. */
    private void releaseCaches() {
        List<CompletableFuture<Boolean>> released = shards.stream()
                .map(shard -> shard.ask(told -> {
                    told.cache().release();
                    return true;
                }))
                .toList();
        released.forEach(
                answer -> answer.orTimeout(ANSWER_SECONDS_MAX, TimeUnit.SECONDS).join());
    }
}
