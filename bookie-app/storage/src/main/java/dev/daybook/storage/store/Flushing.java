package dev.daybook.storage.store;

import dev.daybook.engine.ledger.LedgerRow;
import dev.daybook.storage.disk.Disk;
import dev.daybook.storage.entrylog.EntryLocation;
import dev.daybook.storage.entrylog.EntryLogWriter;
import dev.daybook.storage.entrylog.EntryLogs;
import dev.daybook.storage.index.BlockCache;
import dev.daybook.storage.index.Segment;
import dev.daybook.storage.index.SegmentRef;
import dev.daybook.storage.index.SegmentWriter;
import dev.daybook.storage.table.LedgerTableFile;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * The preparation of one flush: entry logs, a segment and a ledger table are written and synced, and a checkpoint is
 * made that names them. Nothing of it exists for anybody until that checkpoint replaces the old one.
 */
final class Flushing {
    /** Ledger tables beyond which all are rewritten as one. */
    static final int TABLES_MAX = 16;

    /** Written between two pauses. */
    private static final int PACE_BYTES = 256 << 10;

    private final Disk disk;
    private final StoreConfig config;
    private final Checkpoint base;
    private final StoreFlush flush;
    private final Map<Integer, Long> logBytes = new TreeMap<>();
    private final List<String> created = new ArrayList<>();
    private final StoreState state;
    private final BlockCache cache;
    private final Runnable pace;
    private Optional<EntryLogWriter> writer;
    private long unpacedBytes;
    private Optional<Segment> segment = Optional.empty();

    /**
     * @param writer of the log to go on with, whose end is what the current checkpoint says
     * @param pace called between pieces of work; may block for a moment
     */
    Flushing(
            Disk disk,
            StoreConfig config,
            StoreState state,
            BlockCache cache,
            StoreFlush flush,
            Optional<EntryLogWriter> writer,
            Runnable pace) {
        this.disk = disk;
        this.config = config;
        this.state = state;
        this.cache = cache;
        this.base = state.view().checkpoint();
        this.flush = flush;
        this.writer = writer;
        this.pace = pace;
        base.logs().forEach(log -> logBytes.put(log.logId(), log.bytes()));
    }

    /** Writes everything but the checkpoint. */
    Checkpoint write() throws IOException {
        List<SegmentRef> segments = new ArrayList<>(base.segments());
        writeEntries().ifPresent(segments::add);
        List<Long> tables = writeRows();
        List<Checkpoint.LogRef> logs = new ArrayList<>();
        logBytes.forEach((logId, bytes) -> logs.add(new Checkpoint.LogRef(logId, bytes)));
        return new Checkpoint(
                base.storeIndex(),
                base.storeCount(),
                flush.flush(),
                flush.marks(),
                base.nextFileId(),
                logs,
                segments,
                tables,
                base.doubts());
    }

    private boolean isOurs(long ledgerId) {
        return Math.floorMod(ledgerId, base.storeCount()) == base.storeIndex();
    }

    private Optional<SegmentRef> writeEntries() throws IOException {
        LedgerWalk walk = new LedgerWalk(flush.caches(), this::isOurs);
        if (!walk.next()) {
            return Optional.empty();
        }
        long segmentId = state.newFileId();
        created.add(Segment.nameOf(segmentId));
        SegmentRef ref;
        try (SegmentWriter index = SegmentWriter.create(disk, segmentId)) {
            do {
                long ledgerId = walk.ledgerId();
                walk.forEachEntry((entryId, body) -> {
                    unpacedBytes += body.remaining();
                    EntryLocation location = openLog().append(ledgerId, entryId, flush.flush(), body);
                    index.add(ledgerId, entryId, flush.flush(), location);
                    paceIfDue();
                });
            } while (walk.next());
            // The entries are durable before the index that points to them.
            syncLog();
            ref = index.finish();
        }
        if (ref.rows() == 0) {
            return Optional.empty(); // Its file goes with the next start.
        }
        segment = Optional.of(Segment.open(disk, ref, cache));
        return Optional.of(ref);
    }

    private void paceIfDue() {
        if (unpacedBytes >= PACE_BYTES) {
            unpacedBytes = 0;
            pace.run();
        }
    }

    private EntryLogWriter openLog() throws IOException {
        if (writer.isPresent() && writer.get().bytes() < config.entryLogBytesMax()) {
            return writer.get();
        }
        syncLog();
        if (writer.isPresent()) {
            writer.get().close();
            writer = Optional.empty();
        }
        int logId = Math.toIntExact(state.newFileId());
        created.add(EntryLogs.nameOf(logId));
        EntryLogWriter opened =
                EntryLogWriter.create(disk, logId, config.directEntryLogs(), config.entryLogBufferBytes());
        writer = Optional.of(opened);
        return opened;
    }

    private void syncLog() throws IOException {
        if (writer.isPresent()) {
            writer.get().sync();
            logBytes.put(writer.get().logId(), writer.get().bytes());
        }
    }

    private List<Long> writeRows() throws IOException {
        List<LedgerRow> rows =
                flush.rows().stream().filter(row -> isOurs(row.ledgerId())).toList();
        if (rows.isEmpty()) {
            return flush.complete() ? List.of() : base.tables();
        }
        long tableId = state.newFileId();
        created.add(LedgerTableFile.nameOf(tableId));
        if (flush.complete()) {
            LedgerTableFile.write(disk, tableId, rows);
            return List.of(tableId);
        }
        if (base.tables().size() < TABLES_MAX) {
            LedgerTableFile.write(disk, tableId, rows);
            List<Long> tables = new ArrayList<>(base.tables());
            tables.add(tableId);
            return tables;
        }
        Map<Long, LedgerRow> all = Tables.readAll(disk, base.tables());
        Tables.apply(rows, all);
        LedgerTableFile.write(disk, tableId, all.values());
        return List.of(tableId);
    }

    /** The log to go on with after success. */
    Optional<EntryLogWriter> writer() {
        return writer;
    }

    /** The new segment, if there were entries. */
    Optional<Segment> segment() {
        return segment;
    }

    /**
     * Removes what was written, as far as that is possible; what stays is removed at the next start. The log that the
     * base checkpoint names stays, but is not appended to any more: after a failed sync its tail cannot be trusted.
     */
    void abandon() {
        writer.ifPresent(StoreState::closeQuietly);
        segment.ifPresent(StoreState::closeQuietly);
        created.forEach(state::delete);
    }
}
