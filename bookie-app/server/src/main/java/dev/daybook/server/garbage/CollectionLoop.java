package dev.daybook.server.garbage;

import dev.daybook.client.admin.BookieUsage;
import dev.daybook.engine.compaction.CompactionKind;
import dev.daybook.metrics.BookieMetrics;
import dev.daybook.server.loop.Mailbox;
import dev.daybook.storage.disk.DiskFullException;
import java.io.IOException;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The thread that looks for deleted and misplaced ledgers. No failure ends it: what one pass leaves undone the next one
 * does, and the age of the last success is measured.
 */
final class CollectionLoop implements Runnable {
    private static final Logger LOG = LoggerFactory.getLogger(CollectionLoop.class);

    private final GarbageConfig config;
    private final LocalLedgers local;
    private final Collector collector;
    private final Evictor evictor;
    private final BookieMetrics metrics;
    private final Consumer<Set<CompactionKind>> onPass;
    private final Mailbox<GarbageRequest> requests = new Mailbox<>();
    private long lastEvictionNanos = System.nanoTime();
    private volatile long lastSuccessMillis = BookieUsage.UNKNOWN;
    private volatile String problem = "";
    private final AtomicLong deleted = new AtomicLong();

    /** @param onPass told after each pass, with the compactions that were asked for along with it */
    CollectionLoop(
            GarbageConfig config,
            LocalLedgers local,
            LedgersInMetadata metadata,
            StopSwitch stop,
            BookieMetrics metrics,
            Consumer<Set<CompactionKind>> onPass) {
        Pacer pacer = new Pacer(config.metadataReadsPerSecond(), stop);
        this.config = config;
        this.local = local;
        this.collector = new Collector(local, metadata, config.limit(), pacer);
        this.evictor = new Evictor(local, metadata, pacer);
        this.metrics = metrics;
        this.onPass = onPass;
    }

    void request(GarbageRequest request) {
        requests.put(request);
    }

    void close() {
        requests.close();
    }

    /** Milliseconds since the epoch, or unknown if there was none since the start. */
    long lastSuccessMillis() {
        return lastSuccessMillis;
    }

    /** Why the last pass failed; empty if it did not. */
    String problem() {
        return problem;
    }

    long deleted() {
        return deleted.get();
    }

    @Override
    public void run() {
        while (!requests.isClosedAndEmpty()) {
            Set<CompactionKind> compactions = EnumSet.noneOf(CompactionKind.class);
            try {
                List<GarbageRequest> asked = requests.take(config.interval().toMillis());
                asked.forEach(request -> compactions.addAll(request.compact()));
                if (!requests.isClosedAndEmpty()) {
                    pass(asked);
                }
            } catch (InterruptedException e) {
                return; // Only whoever ends the whole process does that.
            } catch (IOException e) {
                failed(String.valueOf(e.getMessage()));
            } catch (RuntimeException | Error e) {
                // Whatever it is, a loop that ended here would be missed only when the disk is full.
                LOG.error("Garbage collection met a defect and is tried again.", e);
                failed(e.toString());
            }
            onPass.accept(compactions);
        }
    }

    private void failed(String why) {
        problem = why;
        LOG.warn("Garbage collection was left out this time: {}", why);
    }

    /** Copies that belong elsewhere go first, as they do in the reference. */
    private void pass(List<GarbageRequest> asked) throws IOException {
        long evicted = evictor.evict();
        boolean mayDeleteAll = asked.stream().anyMatch(GarbageRequest::mayDeleteAll);
        CollectionReport report = collector.collect(!asked.isEmpty(), mayDeleteAll);
        lookForMisplaced();
        long gone = evicted + report.ledgersDropped();
        deleted.addAndGet(gone);
        metrics.garbageCollected(gone);
        lastSuccessMillis = System.currentTimeMillis();
        problem = "";
        LOG.info(
                "Garbage collection: {} ledgers seen, {} deleted, {} moved elsewhere, {} not certain.",
                report.ledgersSeen(),
                report.ledgersDropped(),
                evicted,
                report.ledgersKeptUnsure());
        if (gone > 0) {
            flush();
        }
    }

    private void lookForMisplaced() throws IOException {
        long nanos = config.overReplicatedInterval().toNanos();
        if (nanos > 0 && System.nanoTime() - lastEvictionNanos >= nanos) {
            evictor.look();
            lastEvictionNanos = System.nanoTime();
        }
    }

    /** Only what a checkpoint knows to be deleted may lose its files. */
    private void flush() throws IOException {
        try {
            local.flush();
        } catch (DiskFullException e) {
            LOG.warn("The space of deleted ledgers comes back with the next flush: {}", e.getMessage());
        }
    }
}
