package dev.daybook.storage.store;

import dev.daybook.engine.ledger.LedgerRow;
import dev.daybook.storage.StorageDamage;
import dev.daybook.storage.disk.Disk;
import dev.daybook.storage.disk.DiskFullException;
import dev.daybook.storage.entrylog.EntryLocation;
import dev.daybook.storage.entrylog.EntryLogWriter;
import dev.daybook.storage.entrylog.EntryLogs;
import dev.daybook.storage.index.LogShare;
import dev.daybook.storage.index.Segment;
import dev.daybook.storage.index.SegmentMerge;
import dev.daybook.storage.index.SegmentRef;
import dev.daybook.storage.index.SegmentWriter;
import dev.daybook.storage.journal.JournalPosition;
import dev.daybook.storage.table.LedgerTableFile;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.locks.ReadWriteLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import java.util.function.LongConsumer;
import java.util.stream.Collectors;

/**
 * One ledger directory. Lookups are thread-safe; jobs (flush, merge, reclaim) exclude each other. A
 * {@link dev.daybook.storage.disk.DiskFullException} leaves everything as it was and the job may be tried again; after
 * any other exception of a job the store must not be written to any more.
 */
public final class LedgerStore implements AutoCloseable {
    /** Share of dead rows from which on the whole index is rewritten without them: one in so many. */
    private static final int DEAD_ROWS_DIVISOR = 5;

    /** Ledgers whose dead rows are remembered one by one; beyond, the index is rewritten without them. */
    private static final int HIDDEN_LEDGERS_MAX = 10_000;

    private final Disk disk;
    private final StoreConfig config;
    private final EntryLogs logs;

    /** Lookups hold the read lock, so that no segment is closed under them. */
    private final ReadWriteLock viewLock = new ReentrantReadWriteLock();

    private volatile Checkpoint checkpoint;

    /** Oldest first, as in the checkpoint. Replaced under the write lock. */
    private volatile List<Segment> segments;

    private Optional<EntryLogWriter> writer = Optional.empty();

    /** Ledger to flush: rows of earlier flushes are dead. Durable deletions only. */
    private final Map<Long, Long> hidden = new HashMap<>();

    private volatile long purgedFlush;

    /** A job failed so that it is not known what is on disk. Nothing may be written or deleted any more. */
    private boolean broken;

    private LedgerStore(Disk disk, StoreConfig config, Checkpoint checkpoint, List<Segment> segments) {
        this.disk = disk;
        this.config = config;
        this.logs = new EntryLogs(disk);
        this.checkpoint = checkpoint;
        this.segments = segments;
    }

    /** Whether the directory has been made a ledger directory. */
    public static boolean exists(Disk disk) throws IOException {
        boolean has = disk.exists(CheckpointFile.NAME);
        if (!has && disk.list().stream().anyMatch(StoreFiles::isStoreFile)) {
            throw new StorageDamage("The file " + disk.path() + "/" + CheckpointFile.NAME
                    + " is missing although there are entries: restore it, or replace this bookie by a new one.");
        }
        return has;
    }

    /** Makes an empty ledger directory. */
    public static void create(Disk disk, int storeIndex, int storeCount, List<JournalPosition> marks)
            throws IOException {
        CheckpointFile.prepare(disk, Checkpoint.first(storeIndex, storeCount, marks));
        CheckpointFile.replace(disk);
    }

    /** @throws StorageDamage if something that the checkpoint names is missing or damaged */
    public static LedgerStore open(Disk disk, int storeIndex, int storeCount, StoreConfig config) throws IOException {
        Checkpoint checkpoint = CheckpointFile.read(disk)
                .orElseThrow(() -> new StorageDamage("The ledger directory " + disk.path()
                        + " is empty although the bookie's other directories are not: restore it, or replace this "
                        + "bookie by a new one."));
        if (checkpoint.storeIndex() != storeIndex || checkpoint.storeCount() != storeCount) {
            throw new StorageDamage("The ledger directory " + disk.path() + " is number " + checkpoint.storeIndex()
                    + " of " + checkpoint.storeCount() + ", but is configured as number " + storeIndex + " of "
                    + storeCount + ": restore the former list of ledger directories.");
        }
        StoreFiles.checkLogs(disk, checkpoint);
        StoreFiles.deleteOrphans(disk, checkpoint);
        List<Segment> segments = new ArrayList<>();
        for (SegmentRef ref : checkpoint.segments()) {
            segments.add(Segment.open(disk, ref));
        }
        return new LedgerStore(disk, config, checkpoint, List.copyOf(segments));
    }

    /** All ledgers and tombstones of the directory; to be called once, before the first flush. */
    public synchronized Collection<LedgerRow> readRows() throws IOException {
        Collection<LedgerRow> rows = Tables.readAll(disk, checkpoint.tables()).values();
        rows.forEach(this::noteHidden);
        return rows;
    }

    private void noteHidden(LedgerRow row) {
        if (row.forgotten()) {
            hidden.remove(row.ledgerId());
        } else if (row.hidesEntries()) {
            hidden.put(row.ledgerId(), row.visibleFromFlush());
        }
    }

    /** Number of the newest flush. */
    public long flush() {
        return checkpoint.flush();
    }

    /** Per journal, where a replay has to begin for the ledgers of this directory. */
    public List<JournalPosition> marks() {
        return checkpoint.marks();
    }

    /** No dead rows of tombstones up to this flush are left. */
    public long purgedFlush() {
        return purgedFlush;
    }

    /**
     * The packaged entry, which must not be changed; empty only if it is certainly not in this directory.
     *
     * @param visibleFromFlush rows of earlier flushes belong to a deleted life of the ledger
     * @throws IOException if that cannot be told, or the entry cannot be read
     */
    public Optional<ByteBuffer> find(long ledgerId, long entryId, long visibleFromFlush) throws IOException {
        Optional<EntryLocation> location = locate(ledgerId, entryId, visibleFromFlush);
        return location.isEmpty()
                ? Optional.empty()
                : Optional.of(ByteBuffer.wrap(logs.read(location.get(), ledgerId, entryId)));
    }

    private Optional<EntryLocation> locate(long ledgerId, long entryId, long visibleFromFlush) throws IOException {
        viewLock.readLock().lock();
        try {
            List<Segment> oldestFirst = segments;
            for (int i = oldestFirst.size() - 1; i >= 0; i--) {
                Segment segment = oldestFirst.get(i);
                if (segment.ref().lastFlush() < visibleFromFlush) {
                    break; // The others are older still.
                }
                Optional<EntryLocation> location = segment.find(ledgerId, entryId);
                if (location.isPresent()) {
                    return location;
                }
            }
            return Optional.empty();
        } finally {
            viewLock.readLock().unlock();
        }
    }

    /** Tells the ids of all entries of a ledger, ascending within one segment, perhaps repeatedly. */
    public void forEachEntry(long ledgerId, long visibleFromFlush, LongConsumer visitor) throws IOException {
        viewLock.readLock().lock();
        try {
            for (Segment segment : segments) {
                if (segment.ref().lastFlush() >= visibleFromFlush) {
                    segment.forEachEntry(ledgerId, visitor);
                }
            }
        } finally {
            viewLock.readLock().unlock();
        }
    }

    /** Makes the entries and rows durable and findable, and advances the marks. */
    public synchronized void flush(StoreFlush flush) throws IOException {
        checkUsable();
        if (flush.flush() <= checkpoint.flush()) {
            throw new IllegalStateException("flush " + flush.flush() + " came after flush " + checkpoint.flush());
        }
        Flushing flushing = new Flushing(disk, config, checkpoint, flush, writer);
        Checkpoint next;
        try {
            next = flushing.write();
            CheckpointFile.prepare(disk, next);
        } catch (IOException | RuntimeException e) {
            writer = Optional.empty();
            broken = !(e instanceof DiskFullException);
            flushing.abandon();
            throw e;
        }
        replaceCheckpoint();
        writer = flushing.writer();
        List<Long> replacedTables = new ArrayList<>(checkpoint.tables());
        replacedTables.removeAll(next.tables());
        List<Segment> nextSegments = new ArrayList<>(segments);
        flushing.segment().ifPresent(nextSegments::add);
        publish(next, nextSegments);
        flush.rows().stream()
                .filter(row -> Math.floorMod(row.ledgerId(), next.storeCount()) == next.storeIndex())
                .forEach(this::noteHidden);
        for (long tableId : replacedTables) {
            disk.delete(LedgerTableFile.nameOf(tableId));
        }
    }

    private void checkUsable() throws IOException {
        if (broken) {
            throw new IOException("The ledger directory " + disk.path()
                    + " failed before and is not written to any more: start the bookie again.");
        }
    }

    private void replaceCheckpoint() throws IOException {
        broken = true; // Until it is known that it is not.
        CheckpointFile.replace(disk);
        broken = false;
    }

    private void publish(Checkpoint next, List<Segment> nextSegments) {
        viewLock.writeLock().lock();
        try {
            checkpoint = next;
            segments = List.copyOf(nextSegments);
        } finally {
            viewLock.writeLock().unlock();
        }
    }

    /** Keeps the number of segments small. */
    public synchronized void mergeSegments() throws IOException {
        int count = MergeChoice.newestCount(checkpoint.segments(), config.mergeWidth());
        if (count > 0) {
            mergeNewest(count);
        }
    }

    private void mergeNewest(int count) throws IOException {
        checkUsable();
        List<Segment> kept = new ArrayList<>(segments.subList(0, segments.size() - count));
        List<Segment> merged = new ArrayList<>(segments.subList(segments.size() - count, segments.size()));
        List<Segment> newestFirst = new ArrayList<>(merged);
        Collections.reverse(newestFirst);
        long segmentId = checkpoint.nextFileId();
        SegmentRef ref;
        Checkpoint next;
        try (SegmentWriter into = SegmentWriter.create(disk, segmentId)) {
            SegmentMerge.merge(newestFirst, this::isLive, into);
            ref = into.finish(
                    merged.get(0).ref().firstFlush(),
                    merged.get(merged.size() - 1).ref().lastFlush());
            if (ref.rows() > 0) {
                kept.add(Segment.open(disk, ref));
            }
            next = checkpoint.withSegments(kept.stream().map(Segment::ref).toList(), segmentId + 1);
            CheckpointFile.prepare(disk, next);
        } catch (IOException | RuntimeException e) {
            if (disk.exists(Segment.nameOf(segmentId))) {
                disk.delete(Segment.nameOf(segmentId));
            }
            throw e;
        }
        replaceCheckpoint();
        publish(next, kept);
        for (Segment segment : merged) {
            segment.close();
            disk.delete(Segment.nameOf(segment.ref().segmentId()));
        }
        if (ref.rows() == 0) {
            disk.delete(Segment.nameOf(segmentId));
        }
    }

    private boolean isLive(long ledgerId, long lastFlush) {
        return hidden.getOrDefault(ledgerId, Long.MIN_VALUE) <= lastFlush;
    }

    /** Deletes entry logs in which no index row of a living ledger lies. Rows of deleted ledgers are purged now and then. */
    public synchronized Reclaimed reclaim() throws IOException {
        checkUsable();
        Set<Integer> live = new HashSet<>();
        long rows = 0;
        long deadRows = 0;
        for (Segment segment : segments) {
            for (LogShare share : segment.shares()) {
                rows += share.rows();
                if (isLive(share.ledgerId(), segment.ref().lastFlush())) {
                    live.add(share.logId());
                } else {
                    deadRows += share.rows();
                }
            }
        }
        writer.ifPresent(open -> live.add(open.logId()));
        Map<Boolean, List<Checkpoint.LogRef>> byLife =
                checkpoint.logs().stream().collect(Collectors.partitioningBy(log -> live.contains(log.logId())));
        List<Checkpoint.LogRef> dead = byLife.getOrDefault(false, List.of());
        if (deadRows * DEAD_ROWS_DIVISOR > rows || (deadRows > 0 && hidden.size() > HIDDEN_LEDGERS_MAX)) {
            mergeNewest(segments.size());
            deadRows = 0;
        }
        if (deadRows == 0) {
            purgedFlush = checkpoint.flush();
            hidden.values().removeIf(visibleFrom -> visibleFrom <= checkpoint.flush());
        }
        if (!dead.isEmpty()) {
            Checkpoint next = checkpoint.withLogs(byLife.getOrDefault(true, List.of()));
            CheckpointFile.prepare(disk, next);
            replaceCheckpoint();
            publish(next, segments);
            for (Checkpoint.LogRef log : dead) {
                logs.delete(log.logId());
            }
        }
        return new Reclaimed(
                dead.size(), dead.stream().mapToLong(Checkpoint.LogRef::bytes).sum());
    }

    /** Thread-safe. */
    public StoreUsage usage() {
        Checkpoint now = checkpoint;
        int newest = now.logs().isEmpty()
                ? -1
                : now.logs().get(now.logs().size() - 1).logId();
        return new StoreUsage(
                now.logs().stream()
                        .map(log -> new StoreUsage.Log(log.logId(), log.bytes(), log.logId() == newest))
                        .toList(),
                now.segments().stream().mapToLong(SegmentRef::rows).sum());
    }

    @Override
    public synchronized void close() throws IOException {
        if (writer.isPresent()) {
            writer.get().close();
        }
        for (Segment segment : segments) {
            segment.close();
        }
        logs.close();
    }
}
