package dev.daybook.storage.store;

import dev.daybook.engine.ledger.LedgerRow;
import dev.daybook.storage.disk.Disk;
import dev.daybook.storage.entrylog.EntryLogWriter;
import dev.daybook.storage.entrylog.EntryLogs;
import dev.daybook.storage.index.Segment;
import dev.daybook.storage.index.SegmentRef;
import dev.daybook.storage.index.SegmentWriter;
import dev.daybook.storage.memtable.FrozenCache;
import dev.daybook.storage.table.LedgerTableFile;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The preparation of one flush: entry logs, a segment and a ledger table are written and synced, and a checkpoint is
 * made that names them. Nothing of it exists for anybody until that checkpoint replaces the old one.
 */
final class Flushing {
    private static final Logger LOG = LoggerFactory.getLogger(Flushing.class);

    /** Ledger tables beyond which all are rewritten as one. */
    private static final int TABLES_MAX = 16;

    private final Disk disk;
    private final StoreConfig config;
    private final Checkpoint base;
    private final StoreFlush flush;
    private final Map<Integer, Long> logBytes = new TreeMap<>();
    private final List<String> created = new ArrayList<>();
    private Optional<EntryLogWriter> writer;
    private long nextFileId;
    private Optional<Segment> segment = Optional.empty();

    /** @param writer of the log to go on with, whose end is what the base checkpoint says */
    Flushing(Disk disk, StoreConfig config, Checkpoint base, StoreFlush flush, Optional<EntryLogWriter> writer) {
        this.disk = disk;
        this.config = config;
        this.base = base;
        this.flush = flush;
        this.writer = writer;
        this.nextFileId = base.nextFileId();
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
                base.storeIndex(), base.storeCount(), flush.flush(), flush.marks(), nextFileId, logs, segments, tables);
    }

    private boolean isOurs(long ledgerId) {
        return Math.floorMod(ledgerId, base.storeCount()) == base.storeIndex();
    }

    private Optional<SegmentRef> writeEntries() throws IOException {
        Map<Long, FrozenCache> byLedger = new TreeMap<>();
        for (FrozenCache cache : flush.caches()) {
            for (long ledgerId : cache.ledgerIds()) {
                if (isOurs(ledgerId) && !cache.entriesOf(ledgerId).isEmpty()) {
                    byLedger.put(ledgerId, cache);
                }
            }
        }
        if (byLedger.isEmpty()) {
            return Optional.empty();
        }
        long segmentId = nextFileId++;
        created.add(Segment.nameOf(segmentId));
        SegmentRef ref;
        try (SegmentWriter index = SegmentWriter.create(disk, segmentId)) {
            for (Map.Entry<Long, FrozenCache> ledger : byLedger.entrySet()) {
                long ledgerId = ledger.getKey();
                for (Map.Entry<Long, byte[]> entry :
                        ledger.getValue().entriesOf(ledgerId).entrySet()) {
                    EntryLogWriter log = openLog();
                    index.add(ledgerId, entry.getKey(), log.append(ledgerId, entry.getKey(), entry.getValue()));
                }
            }
            // The entries are durable before the index that points to them.
            syncLog();
            ref = index.finish(flush.flush(), flush.flush());
        }
        segment = Optional.of(Segment.open(disk, ref));
        return Optional.of(ref);
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
        int logId = Math.toIntExact(nextFileId++);
        created.add(EntryLogs.nameOf(logId));
        EntryLogWriter opened = EntryLogWriter.create(disk, logId);
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
            return base.tables();
        }
        long tableId = nextFileId++;
        created.add(LedgerTableFile.nameOf(tableId));
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
        writer.ifPresent(Flushing::closeQuietly);
        segment.ifPresent(Flushing::closeQuietly);
        for (String name : created) {
            try {
                if (disk.exists(name)) {
                    disk.delete(name);
                }
            } catch (IOException e) {
                LOG.debug("{} stays until the next start, which deletes what no checkpoint names.", name, e);
            }
        }
    }

    private static void closeQuietly(AutoCloseable file) {
        try {
            file.close();
        } catch (Exception e) {
            LOG.debug("A file that nothing depends on any more could not be closed.", e);
        }
    }
}
