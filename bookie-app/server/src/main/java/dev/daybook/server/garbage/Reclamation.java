package dev.daybook.server.garbage;

import dev.daybook.client.admin.BookieUsage;
import dev.daybook.engine.compaction.CompactionKind;
import dev.daybook.metrics.BookieMetrics;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Gives back the space of what is not needed any more, in the background: one thread asks the metadata service for
 * ledgers that are gone, and one per ledger directory deletes and rewrites entry logs. Thread-safe.
 */
public final class Reclamation implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Reclamation.class);
    private static final long JOIN_MILLIS_MAX = 30_000;
    private static final int TENTHS = 10;

    private final StopSwitch stop = new StopSwitch();
    private final CollectionLoop collection;
    private final List<DirectoryLoop> directories = new ArrayList<>();
    private final List<Thread> threads = new ArrayList<>();
    private final BookieMetrics metrics;

    public Reclamation(
            GarbageConfig config,
            LocalLedgers local,
            LedgersInMetadata metadata,
            List<LedgerDirectory> ledgerDirectories,
            SpaceNeeds needs,
            BookieMetrics metrics) {
        this.metrics = metrics;
        this.collection = new CollectionLoop(config, local, metadata, stop, metrics, this::wakeDirectories);
        for (LedgerDirectory directory : ledgerDirectories) {
            directories.add(new DirectoryLoop(directory, config, needs, local::unflushedBytes, stop, metrics));
        }
    }

    /** To be called once. */
    public void start() {
        begin("bookie-garbage", collection);
        for (int i = 0; i < directories.size(); i++) {
            begin("bookie-compaction-" + i, directories.get(i));
        }
    }

    private void begin(String name, Runnable loop) {
        Thread thread = new Thread(loop, name);
        thread.setDaemon(true);
        threads.add(thread);
        thread.start();
    }

    private void wakeDirectories(Set<CompactionKind> asked) {
        directories.forEach(directory -> directory.wakeUp(asked));
    }

    /**
     * Has it done now, in the background.
     *
     * @return why not, in one sentence; then nothing is done
     */
    public Optional<String> request(GarbageRequest request) {
        for (CompactionKind kind : request.compact()) {
            for (DirectoryLoop directory : directories) {
                Optional<String> refusal = directory.refusalOf(kind);
                if (refusal.isPresent()) {
                    return refusal;
                }
            }
        }
        // The directories are told twice: now, because the metadata service may be slow, and after it has been asked.
        collection.request(request);
        wakeDirectories(request.compact());
        return Optional.empty();
    }

    /** Holds a kind of compaction back, or lets it go on. Forgotten with the next start. */
    public void suspend(CompactionKind kind, boolean suspended) {
        directories.forEach(directory -> directory.suspend(kind, suspended));
    }

    /** A disk is full: space is looked for at once and not only when it is time. */
    public void hurry() {
        wakeDirectories(Set.of());
    }

    /** How it goes; cheap. */
    public BookieUsage.Garbage status() {
        return new BookieUsage.Garbage(
                collection.lastSuccessMillis(),
                collection.problem(),
                collection.deleted(),
                directories.stream().map(DirectoryLoop::status).toList());
    }

    /** Compaction of each ledger directory, in the order of {@link #status}. */
    public List<CompactionHistory> compactions() {
        return directories.stream().map(DirectoryLoop::history).toList();
    }

    /** Sealed entry logs of all directories, as they were when each was last looked at; none before the first look. */
    public List<SealedLog> sealedLogs() {
        return directories.stream()
                .flatMap(directory -> directory.sealedLogs().stream())
                .toList();
    }

    /** Tells the metrics how much the entry logs hold. */
    public void report() {
        long[] logs = new long[TENTHS];
        for (DirectoryLoop directory : directories) {
            long[] counts = directory.logsByLiveShare();
            for (int i = 0; i < TENTHS; i++) {
                logs[i] += counts[i];
            }
        }
        metrics.entryLogsByLiveShare(logs);
    }

    /** Ends after the entry or ledger that is being dealt with, and waits for it. */
    @Override
    public void close() {
        stop.stop();
        collection.close();
        directories.forEach(DirectoryLoop::close);
        for (Thread thread : threads) {
            try {
                thread.join(JOIN_MILLIS_MAX);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
            if (thread.isAlive()) {
                LOG.warn("The thread {} did not end in time.", thread.getName());
            }
        }
    }
}
