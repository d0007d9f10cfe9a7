package dev.daybook.storage.store;

import dev.daybook.engine.ledger.LedgerRow;
import dev.daybook.storage.disk.Disk;
import dev.daybook.storage.entrylog.EntryLogs;
import dev.daybook.storage.entrylog.RecordHead;
import dev.daybook.storage.index.BlockCache;
import dev.daybook.storage.index.IndexRow;
import dev.daybook.storage.index.Segment;
import dev.daybook.storage.index.SegmentMerge;
import dev.daybook.storage.index.SegmentRef;
import dev.daybook.storage.index.SegmentWriter;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.LongConsumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Makes the index anew from the entry logs that a checkpoint names, in bounded memory: sorted runs, which are segments
 * that no checkpoint names, then one merge of them. What flushes add meanwhile stays as it is. Where a log is damaged
 * so that it is not known what lay there, all ledgers that may have had entries there are doubted from then on.
 */
final class Rebuilding {
    private static final Logger LOG = LoggerFactory.getLogger(Rebuilding.class);

    private static final int RUN_ROWS = 1 << 18;
    private static final int MERGED_AT_ONCE = 64;
    private static final int PACE_ROWS = 4096;

    private final Disk disk;
    private final StoreState state;
    private final BlockCache cache;
    private final EntryLogs logs;
    private final LongConsumer pace;
    private final List<IndexRow> run = new ArrayList<>();
    private final List<Segment> runs = new ArrayList<>();
    private Map<Long, LedgerRow> ledgers = Map.of();
    private long damagedBytes;
    private long readBytes;
    private int unpaced;

    Rebuilding(Disk disk, StoreState state, BlockCache cache, EntryLogs logs, LongConsumer pace) {
        this.disk = disk;
        this.state = state;
        this.cache = cache;
        this.logs = logs;
        this.pace = pace;
    }

    Rebuilt run() throws IOException {
        StoreView before = begin();
        Checkpoint base = before.checkpoint();
        LOG.warn(
                "The index of {} is being rebuilt from {} entry logs; what it does not know is unknown until then.",
                disk.path(),
                base.logs().size());
        Optional<Segment> index;
        try {
            for (Checkpoint.LogRef log : base.logs()) {
                readLog(log);
            }
            endRun();
            index = mergeRuns();
        } finally {
            runs.forEach(state::closeAndDelete);
        }
        Map<Long, Long> doubts = damagedBytes == 0 ? Map.of() : doubts(base.flush());
        publish(before, index, doubts);
        Rebuilt rebuilt =
                new Rebuilt(index.map(made -> made.ref().rows()).orElse(0L), readBytes, damagedBytes, doubts.size());
        LOG.warn(
                "The index of {} has been rebuilt: {} entries; {} bytes of the entry logs are damaged, so {} ledgers may"
                        + " lack entries here and are not denied any.",
                disk.path(),
                rebuilt.entries(),
                rebuilt.damagedBytes(),
                rebuilt.doubtedLedgers());
        return rebuilt;
    }

    /** The tables are read under the lock, because a flush may replace them. */
    private StoreView begin() throws IOException {
        state.lock().lock();
        try {
            state.checkUsable();
            ledgers = Tables.readAll(disk, state.view().checkpoint().tables());
            return state.view();
        } finally {
            state.lock().unlock();
        }
    }

    private void readLog(Checkpoint.LogRef log) throws IOException {
        logs.scanHeads(log.logId(), log.bytes(), new EntryLogs.HeadVisitor() {
            @Override
            public void entry(RecordHead head) throws IOException {
                if (isWanted(head.ledgerId(), head.flush())) {
                    run.add(new IndexRow(head.ledgerId(), head.entryId(), head.flush(), head.location()));
                    if (run.size() == RUN_ROWS) {
                        endRun();
                    }
                }
                unpaced++;
                if (unpaced == PACE_ROWS) {
                    pace.accept(unpaced);
                    unpaced = 0;
                }
            }

            @Override
            public void damagedRange(long fromOffset, long toOffset) {
                LOG.warn(
                        "{}/{} is damaged from byte {} to byte {}.",
                        disk.path(),
                        EntryLogs.nameOf(log.logId()),
                        fromOffset,
                        toOffset);
                damagedBytes += fromOffset == 0 ? 0 : toOffset - fromOffset; // The header has no entries.
            }
        });
        readBytes += log.bytes();
    }

    /** A ledger with entries in the logs of a checkpoint has a row in its tables, unless it was deleted and forgotten. */
    private boolean isWanted(long ledgerId, long flush) {
        LedgerRow ledger = ledgers.get(ledgerId);
        return ledger != null && flush >= ledger.visibleFromFlush();
    }

    private void endRun() throws IOException {
        if (run.isEmpty()) {
            return;
        }
        run.sort(IndexRow::compareTo);
        long segmentId = state.newFileId();
        try (SegmentWriter into = SegmentWriter.create(disk, segmentId)) {
            IndexRow previous = run.get(0);
            into.add(previous);
            for (IndexRow row : run) {
                if (row.ledgerId() != previous.ledgerId() || row.entryId() != previous.entryId()) {
                    into.add(row);
                    previous = row;
                }
            }
            SegmentRef ref = into.finish();
            runs.add(Segment.open(disk, ref, cache));
        } catch (IOException | RuntimeException e) {
            state.delete(Segment.nameOf(segmentId));
            throw e;
        }
        run.clear();
    }

    private Optional<Segment> mergeRuns() throws IOException {
        SegmentMerge.Filter all = (ledgerId, flush) -> true;
        Merging merging = new Merging(disk, state, cache);
        while (runs.size() > 1) {
            List<Segment> some = List.copyOf(runs.subList(0, Math.min(MERGED_AT_ONCE, runs.size())));
            merging.write(some, all, pace).ifPresent(runs::add);
            runs.removeAll(some);
            some.forEach(state::closeAndDelete);
        }
        return runs.isEmpty() ? Optional.empty() : Optional.of(runs.remove(0));
    }

    /** Every ledger that existed when the damaged log was written or later. */
    private Map<Long, Long> doubts(long lastFlush) {
        Map<Long, Long> doubts = new HashMap<>();
        ledgers.values().stream()
                .filter(ledger -> !ledger.deleted() && ledger.visibleFromFlush() <= lastFlush)
                .forEach(ledger -> doubts.put(ledger.ledgerId(), lastFlush));
        return doubts;
    }

    private void publish(StoreView before, Optional<Segment> index, Map<Long, Long> newDoubts) throws IOException {
        Set<Segment> replaced = new HashSet<>(before.segments());
        state.lock().lock();
        try {
            List<Segment> next = new ArrayList<>(state.view().segments());
            next.removeAll(replaced);
            index.ifPresent(next::add);
            state.replace(
                    checkpoint -> {
                        Map<Long, Long> doubts = new HashMap<>(checkpoint.doubts());
                        newDoubts.forEach((ledgerId, flush) -> doubts.merge(ledgerId, flush, Math::max));
                        return checkpoint.withDoubts(doubts);
                    },
                    next);
            state.rebuilt();
        } finally {
            state.lock().unlock();
        }
        replaced.forEach(StoreState::closeQuietly);
        before.checkpoint().segments().forEach(ref -> state.delete(Segment.nameOf(ref.segmentId())));
    }
}
