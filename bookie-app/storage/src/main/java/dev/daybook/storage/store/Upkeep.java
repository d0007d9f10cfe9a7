package dev.daybook.storage.store;

import dev.daybook.storage.StorageDamage;
import dev.daybook.storage.disk.Disk;
import dev.daybook.storage.entrylog.EntryLogWriter;
import dev.daybook.storage.entrylog.EntryLogs;
import dev.daybook.storage.index.BlockCache;
import dev.daybook.storage.index.IndexRow;
import dev.daybook.storage.index.LogShare;
import dev.daybook.storage.index.Segment;
import dev.daybook.storage.index.SegmentRef;
import dev.daybook.storage.index.SegmentWriter;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.LongConsumer;

/**
 * The jobs that keep a ledger directory in order while it is in use: merge, rebuild, relocate, drop. They exclude each
 * other, but not flushes and lookups, except for the moment in which one replaces the view. If one fails for any reason
 * before that moment, nothing has changed.
 */
final class Upkeep {
    /** Share of dead rows from which on the whole index is rewritten without them: one in so many. */
    private static final int DEAD_ROWS_DIVISOR = 5;

    /** Ledgers whose dead rows are remembered one by one; beyond, the index is rewritten without them. */
    private static final int HIDDEN_LEDGERS_MAX = 10_000;

    private final Disk disk;
    private final StoreConfig config;
    private final StoreState state;
    private final BlockCache cache;
    private final EntryLogs logs;
    private final DeadRows deadRows;

    /** Logs that compaction appends to. */
    private final Set<Integer> relocationLogs = new HashSet<>();

    private volatile long purgedFlush;

    Upkeep(Disk disk, StoreConfig config, StoreState state, BlockCache cache, EntryLogs logs, DeadRows deadRows) {
        this.disk = disk;
        this.config = config;
        this.state = state;
        this.cache = cache;
        this.logs = logs;
        this.deadRows = deadRows;
    }

    long purgedFlush() {
        return purgedFlush;
    }

    /** Does nothing while the index waits to be rebuilt. */
    synchronized boolean mergeSegments(LongConsumer pace) throws IOException {
        state.checkUsable();
        if (state.isRebuildNeeded()) {
            return false;
        }
        List<Segment> newestFirst = state.view().segments();
        List<SegmentRef> oldestFirst = new ArrayList<>();
        newestFirst.forEach(segment -> oldestFirst.add(0, segment.ref()));
        int count = MergeChoice.newestCount(oldestFirst, config.mergeWidth());
        if (count > 0) {
            merging().merge(List.copyOf(newestFirst.subList(0, count)), deadRows::isLive, pace);
        }
        return count > 0;
    }

    private Merging merging() {
        return new Merging(disk, state, cache);
    }

    synchronized Rebuilt rebuild(LongConsumer pace) throws IOException {
        return new Rebuilding(disk, state, cache, logs, pace).run();
    }

    /** What lies where, as far as it is not dead. */
    synchronized void forEachLiveShare(Segment.ShareVisitor visitor) throws IOException {
        forEachShare(completeView(), share -> {
            if (deadRows.isLive(share.ledgerId(), share.lastFlush())) {
                visitor.share(share);
            }
        });
    }

    private void forEachShare(StoreView view, Segment.ShareVisitor visitor) throws IOException {
        try {
            view.forEachShare(visitor);
        } catch (StorageDamage e) {
            state.indexFailed(e);
            throw e;
        }
    }

    /** @throws IOException if the index does not know everything */
    private StoreView completeView() throws IOException {
        state.checkUsable();
        if (state.isRebuildNeeded()) {
            throw new IOException("The index of " + disk.path()
                    + " is damaged, so it is not known what is still needed: wait until it has been rebuilt.");
        }
        return state.view();
    }

    /** The row that counts now, unless it belongs to a deleted life of its ledger. */
    Optional<IndexRow> currentRow(long ledgerId, long entryId) throws IOException {
        while (true) {
            StoreView view = completeView();
            try {
                return view.locate(ledgerId, entryId, Long.MIN_VALUE)
                        .filter(row -> deadRows.isLive(ledgerId, row.flush()));
            } catch (IOException e) {
                if (state.view() == view) {
                    state.indexFailed(e);
                    throw e;
                }
            }
        }
    }

    synchronized EntryLogWriter newLogWriter() throws IOException {
        state.checkUsable();
        int logId = Math.toIntExact(state.newFileId());
        EntryLogWriter writer =
                EntryLogWriter.create(disk, logId, config.directEntryLogs(), config.entryLogBufferBytes());
        relocationLogs.add(logId);
        return writer;
    }

    synchronized void finishLog(EntryLogWriter log) {
        StoreState.closeQuietly(log);
        relocationLogs.remove(log.logId());
        if (!state.view().logBytes().containsKey(log.logId())) {
            state.delete(EntryLogs.nameOf(log.logId()));
        }
    }

    synchronized long relocate(EntryLogWriter log, List<Relocation> relocations) throws IOException {
        completeView();
        log.sync();
        List<Relocation> sorted = new ArrayList<>(relocations);
        sorted.sort(Comparator.comparingLong(Relocation::ledgerId).thenComparingLong(Relocation::entryId));
        long segmentId = state.newFileId();
        Optional<Segment> moved = Optional.empty();
        try {
            moved = writeMoved(segmentId, sorted);
            publishMoved(new Checkpoint.LogRef(log.logId(), log.bytes()), moved);
        } catch (IOException | RuntimeException e) {
            moved.ifPresent(StoreState::closeQuietly);
            throw e;
        }
        return moved.map(segment -> segment.ref().rows()).orElse(0L);
    }

    private Optional<Segment> writeMoved(long segmentId, List<Relocation> sorted) throws IOException {
        try (SegmentWriter into = SegmentWriter.create(disk, segmentId)) {
            for (Relocation moved : sorted) {
                Optional<IndexRow> current = currentRow(moved.ledgerId(), moved.entryId());
                // What is stored anew after this check has a newer flush and counts all the same.
                if (current.isPresent()
                        && current.get().flush() == moved.flush()
                        && current.get().location().equals(moved.from())) {
                    into.add(moved.ledgerId(), moved.entryId(), moved.flush(), moved.to());
                }
            }
            SegmentRef ref = into.finish();
            if (ref.rows() > 0) {
                return Optional.of(Segment.open(disk, ref, cache));
            }
        } catch (IOException | RuntimeException e) {
            state.delete(Segment.nameOf(segmentId));
            throw e;
        }
        state.delete(Segment.nameOf(segmentId));
        return Optional.empty();
    }

    private void publishMoved(Checkpoint.LogRef log, Optional<Segment> moved) throws IOException {
        state.lock().lock();
        try {
            List<Segment> next = new ArrayList<>(state.view().segments());
            moved.ifPresent(next::add);
            state.replace(checkpoint -> checkpoint.withLogs(with(log, checkpoint.logs())), next);
        } finally {
            state.lock().unlock();
        }
    }

    private static List<Checkpoint.LogRef> with(Checkpoint.LogRef log, List<Checkpoint.LogRef> logs) {
        List<Checkpoint.LogRef> next = new ArrayList<>(logs);
        next.removeIf(known -> known.logId() == log.logId());
        next.add(log);
        next.sort(Comparator.comparingInt(Checkpoint.LogRef::logId));
        return next;
    }

    synchronized void dropLogs(Set<Integer> logIds) throws IOException {
        completeView();
        if (relocationLogs.stream().anyMatch(logIds::contains)) {
            throw new IllegalStateException("a log that is being written cannot be dropped: " + logIds);
        }
        state.lock().lock();
        try {
            state.replace(checkpoint -> checkpoint.withLogs(checkpoint.logs().stream()
                    .filter(log -> !logIds.contains(log.logId()))
                    .toList()));
        } finally {
            state.lock().unlock();
        }
        for (int logId : logIds) {
            logs.delete(logId);
        }
    }

    /** @param openLog to which flushes append */
    synchronized Reclaimed reclaim(Optional<Integer> openLog) throws IOException {
        StoreView view;
        Map<Long, Long> hidden;
        state.lock().lock();
        try {
            view = completeView();
            hidden = deadRows.copy();
        } finally {
            state.lock().unlock();
        }
        Set<Integer> live = new HashSet<>(relocationLogs);
        openLog.ifPresent(live::add);
        Map<Long, Long> gone = new HashMap<>(hidden);
        if (countDead(view, live, gone) == 0) {
            purgedFlush = view.checkpoint().flush();
            deadRows.purged(gone);
        }
        List<Checkpoint.LogRef> dead = view.checkpoint().logs().stream()
                .filter(log -> !live.contains(log.logId()))
                .toList();
        if (!dead.isEmpty()) {
            Set<Integer> ids = new HashSet<>();
            dead.forEach(log -> ids.add(log.logId()));
            dropLogs(ids);
        }
        return new Reclaimed(
                dead.size(), dead.stream().mapToLong(Checkpoint.LogRef::bytes).sum());
    }

    /**
     * Purges the dead rows if there are many. Returns how many are left.
     *
     * @param live gets the logs with live rows
     * @param gone loses the ledgers with live rows, among which there may be dead ones
     */
    private long countDead(StoreView view, Set<Integer> live, Map<Long, Long> gone) throws IOException {
        long[] counts = new long[2];
        forEachShare(view, (LogShare share) -> {
            counts[0] += share.rows();
            if (deadRows.isLive(share.ledgerId(), share.lastFlush())) {
                live.add(share.logId());
                gone.remove(share.ledgerId());
            } else {
                counts[1] += share.rows();
            }
        });
        boolean purges =
                counts[1] * DEAD_ROWS_DIVISOR > counts[0] || (counts[1] > 0 && deadRows.ledgers() > HIDDEN_LEDGERS_MAX);
        if (purges) {
            merging().merge(view.segments(), deadRows::isLive, rows -> {});
            return 0;
        }
        return counts[1];
    }

    /** Changes of which ledgers it is unknown what there is of them. */
    synchronized void changeDoubts(Set<Long> doubted, Set<Long> trusted) throws IOException {
        state.lock().lock();
        try {
            state.replace(checkpoint -> {
                Map<Long, Long> doubts = new HashMap<>(checkpoint.doubts());
                doubted.forEach(ledgerId -> doubts.merge(ledgerId, checkpoint.flush(), Math::max));
                doubts.keySet().removeAll(trusted);
                return checkpoint.withDoubts(doubts);
            });
        } finally {
            state.lock().unlock();
        }
    }
}
