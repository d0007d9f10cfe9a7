package dev.daybook.tools.inspect;

import dev.daybook.engine.ledger.LedgerRow;
import dev.daybook.storage.disk.ReadOnlyDisk;
import dev.daybook.storage.entrylog.EntryLogs;
import dev.daybook.storage.entrylog.LogVisitor;
import dev.daybook.storage.entrylog.RecordHead;
import dev.daybook.storage.index.IndexRow;
import dev.daybook.storage.index.Segment;
import dev.daybook.storage.store.Checkpoint;
import dev.daybook.storage.store.StoreInspection;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Shows one ledger directory. */
final class StoreShow {
    private final ReadOnlyDisk disk;
    private final InspectionOptions options;
    private final InspectionSink sink;

    StoreShow(ReadOnlyDisk disk, InspectionOptions options, InspectionSink sink) {
        this.disk = disk;
        this.options = options;
        this.sink = sink;
    }

    void checkpoint() throws IOException {
        try (StoreInspection store = StoreInspection.open(disk)) {
            Checkpoint checkpoint = store.checkpoint();
            sink.summary(Facts.of("ledgers", disk.path())
                    .with("directory", checkpoint.storeIndex() + " of " + checkpoint.storeCount())
                    .with("flush", checkpoint.flush())
                    .with("nextFile", checkpoint.nextFileId())
                    .with("logs", checkpoint.logs().size())
                    .with("segments", checkpoint.segments().size())
                    .with("tables", checkpoint.tables().size())
                    .with("doubts", checkpoint.doubts().size())
                    .map());
            for (int i = 0; i < checkpoint.marks().size(); i++) {
                sink.summary(Facts.of("journal", i)
                        .with("mark", checkpoint.marks().get(i).toString())
                        .map());
            }
            if (options.records()) {
                checkpoint
                        .logs()
                        .forEach(log -> sink.record(Facts.of("file", EntryLogs.nameOf(log.logId()))
                                .with("bytes", log.bytes())
                                .map()));
                checkpoint
                        .segments()
                        .forEach(segment -> sink.record(Facts.of("file", Segment.nameOf(segment.segmentId()))
                                .with("rows", segment.rows())
                                .with("flushes", segment.firstFlush() + " to " + segment.lastFlush())
                                .map()));
                checkpoint
                        .doubts()
                        .forEach((ledgerId, flush) -> sink.record(
                                Facts.of("doubt", ledgerId).with("flush", flush).map()));
            }
            store.damagedLogs().forEach(sink::damage);
            store.damagedSegments().forEach(sink::damage);
            store.unnamedFiles()
                    .forEach(name -> sink.summary(Facts.of("file", name)
                            .with("state", "not in the checkpoint")
                            .map()));
        }
    }

    /** Without a checkpoint, logs are shown as far as they go. */
    void entryLogs(Optional<Integer> onlyLogId) throws IOException {
        Map<Integer, Long> validBytes = new TreeMap<>();
        try (StoreInspection store = StoreInspection.open(disk)) {
            store.checkpoint().logs().forEach(log -> validBytes.put(log.logId(), log.bytes()));
            store.damagedLogs().forEach(sink::damage);
        } catch (IOException e) {
            sink.damage(String.valueOf(e.getMessage()));
        }
        try (EntryLogs logs = new EntryLogs(disk)) {
            for (int logId : StoreInspection.logIds(disk)) {
                if (onlyLogId.orElse(logId) == logId) {
                    showLog(logs, logId, Optional.ofNullable(validBytes.get(logId)));
                }
            }
        }
    }

    private void showLog(EntryLogs logs, int logId, Optional<Long> validBytes) throws IOException {
        String name = EntryLogs.nameOf(logId);
        long bytes = Math.min(validBytes.orElse(Long.MAX_VALUE), disk.size(name));
        LogCounter counter = new LogCounter(name);
        logs.scan(logId, bytes, counter);
        sink.summary(Facts.of("file", disk.path() + "/" + name)
                .with("bytes", disk.size(name))
                .with("valid", bytes)
                .with("inCheckpoint", validBytes.isPresent())
                .with("records", counter.records)
                .with("entryBytes", counter.entryBytes)
                .map());
    }

    private final class LogCounter implements LogVisitor {
        private final String name;
        private long records;
        private long entryBytes;

        LogCounter(String name) {
            this.name = name;
        }

        @Override
        public void entry(RecordHead head, ByteBuffer body) {
            records++;
            entryBytes += body.remaining();
            if (options.wants(head.ledgerId(), head.entryId())) {
                sink.record(factsOf(head)
                        .withIf(options.hex(), "hex", options.hex() ? hexOf(body) : "")
                        .map());
            }
        }

        @Override
        public void damagedEntry(RecordHead head) {
            sink.damage("Entry " + head.entryId() + " of ledger " + head.ledgerId() + " is damaged in " + disk.path()
                    + "/" + name + " at byte " + head.location().offset() + ".");
        }

        @Override
        public void damagedRange(long fromOffset, long toOffset) {
            sink.damage("The entry log " + disk.path() + "/" + name + " is damaged from byte " + fromOffset
                    + " to byte " + toOffset + ".");
        }
    }

    private static Facts factsOf(RecordHead head) {
        return Facts.of("at", head.location().offset())
                .with("ledger", head.ledgerId())
                .with("entry", head.entryId())
                .with("flush", head.flush())
                .with("bytes", head.location().bodyBytes());
    }

    private static String hexOf(ByteBuffer body) {
        byte[] bytes = new byte[body.remaining()];
        body.duplicate().get(bytes);
        return HexFormat.of().formatHex(bytes);
    }

    void index() throws IOException {
        try (StoreInspection store = StoreInspection.open(disk)) {
            store.damagedSegments().forEach(sink::damage);
            for (Segment segment : store.segments()) {
                showSegment(segment);
            }
        }
    }

    private void showSegment(Segment segment) throws IOException {
        String name = Segment.nameOf(segment.ref().segmentId());
        sink.summary(Facts.of("file", disk.path() + "/" + name)
                .with("rows", segment.ref().rows())
                .with(
                        "flushes",
                        segment.ref().firstFlush() + " to " + segment.ref().lastFlush())
                .map());
        segment.scan(new Segment.ScanVisitor() {
            @Override
            public void row(IndexRow row) {
                if (options.wants(row.ledgerId(), row.entryId())) {
                    sink.record(Facts.of("ledger", row.ledgerId())
                            .with("entry", row.entryId())
                            .with("flush", row.flush())
                            .with("log", EntryLogs.nameOf(row.location().logId()))
                            .with("at", row.location().offset())
                            .with("bytes", row.location().bodyBytes())
                            .map());
                }
            }

            @Override
            public void damagedBlock(int block, String how) {
                sink.damage(how);
            }
        });
    }

    void ledgers() throws IOException {
        try (StoreInspection store = StoreInspection.open(disk)) {
            Map<Long, LedgerRow> ledgers = store.ledgers();
            sink.summary(Facts.of("ledgers", disk.path())
                    .with(
                            "living",
                            ledgers.values().stream()
                                    .filter(row -> !row.deleted())
                                    .count())
                    .with(
                            "fenced",
                            ledgers.values().stream()
                                    .filter(row -> row.fenced() && !row.deleted())
                                    .count())
                    .with(
                            "limbo",
                            ledgers.values().stream().filter(LedgerRow::limbo).count())
                    .with(
                            "tombstones",
                            ledgers.values().stream().filter(LedgerRow::deleted).count())
                    .map());
            ledgers.values().stream()
                    .filter(row -> options.wantsLedger(row.ledgerId()))
                    .forEach(this::showLedger);
        }
    }

    private void showLedger(LedgerRow row) {
        sink.record(Facts.of("ledger", row.ledgerId())
                .with("fenced", row.fenced())
                .with("limbo", row.limbo())
                .with("deleted", row.deleted())
                .with("last", row.lastEntryId())
                .with("lac", row.knownLac())
                .with("fromFlush", row.visibleFromFlush())
                .withIf(row.revived(), "revived", true)
                .withIf(row.deleted(), "deletedMillis", row.deletedMillis())
                .withIf(
                        options.hex(),
                        "explicitLac",
                        row.explicitLac().map(HexFormat.of()::formatHex).orElse(""))
                .map());
    }
}
