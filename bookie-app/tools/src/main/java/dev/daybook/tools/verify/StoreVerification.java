package dev.daybook.tools.verify;

import dev.daybook.engine.ledger.LedgerRow;
import dev.daybook.storage.entrylog.EntryLogs;
import dev.daybook.storage.entrylog.LogVisitor;
import dev.daybook.storage.entrylog.RecordHead;
import dev.daybook.storage.index.IndexRow;
import dev.daybook.storage.index.Segment;
import dev.daybook.storage.store.Checkpoint;
import dev.daybook.storage.store.StoreInspection;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * One ledger directory: every file, every index row to its record, every record of a living ledger to its row. Logs are
 * read once from end to end; rows are counted per log and only where the counts differ looked up one by one.
 */
final class StoreVerification {
    private static final int ROW_BYTES = 40;

    private final StoreInspection store;
    private final Findings findings;
    private final Pace pace;
    private final String path;
    private Map<Long, LedgerRow> ledgers = Map.of();

    /** Per log, rows that count and point into it. */
    private final Map<Integer, Long> rowsOfLog = new HashMap<>();

    /** Per log, records that the row that counts points to. */
    private final Map<Integer, Long> foundInLog = new HashMap<>();

    StoreVerification(StoreInspection store, String path, Findings findings, Pace pace) {
        this.store = store;
        this.path = path;
        this.findings = findings;
        this.pace = pace;
    }

    /** What will be read. */
    static long bytesOf(StoreInspection store) {
        return store.checkpoint().logs().stream()
                        .mapToLong(Checkpoint.LogRef::bytes)
                        .sum()
                + store.checkpoint().segments().stream()
                        .mapToLong(segment -> segment.rows() * ROW_BYTES)
                        .sum();
    }

    void run() throws IOException {
        store.damagedLogs().forEach(findings::problem);
        store.damagedSegments().forEach(findings::problem);
        for (String name : store.unnamedFiles()) {
            findings.note(
                    "The file " + path + "/" + name + " was not finished or is superseded; the next start deletes it.");
        }
        if (!store.checkpoint().doubts().isEmpty()) {
            findings.note(store.checkpoint().doubts().size() + " ledgers in " + path
                    + " may lack entries here, which the bookie knows and does not deny.");
        }
        try {
            ledgers = store.ledgers();
        } catch (IOException e) {
            findings.problem(String.valueOf(e.getMessage()));
        }
        findings.ledgers +=
                ledgers.values().stream().filter(row -> !row.deleted()).count();
        for (Segment segment : store.segments()) {
            verify(segment);
        }
        for (Checkpoint.LogRef log : store.checkpoint().logs()) {
            verify(log);
        }
        lookUpWhatWasNotFound();
    }

    /** Empty if the ledger does not live, so that nothing of it counts. */
    private Optional<Long> visibleFromFlush(long ledgerId) {
        return Optional.ofNullable(ledgers.get(ledgerId))
                .filter(row -> !row.deleted())
                .map(LedgerRow::visibleFromFlush);
    }

    /** Whether the row is the one that a read would find. */
    private boolean counts(IndexRow row) throws IOException {
        Optional<Long> visible = visibleFromFlush(row.ledgerId());
        return visible.isPresent()
                && row.flush() >= visible.get()
                && store.locate(row.ledgerId(), row.entryId(), visible.get())
                        .filter(row::equals)
                        .isPresent();
    }

    private void verify(Segment segment) throws IOException {
        String name = path + "/" + Segment.nameOf(segment.ref().segmentId());
        findings.segments++;
        SegmentRows rows = new SegmentRows(name);
        segment.scan(rows);
        findings.rows += rows.count;
        if (!rows.damaged && rows.count != segment.ref().rows()) {
            findings.problem("The index file " + name + " has " + rows.count + " rows, but the checkpoint says "
                    + segment.ref().rows() + ".");
        }
    }

    private final class SegmentRows implements Segment.ScanVisitor {
        private final String name;
        private Optional<IndexRow> previous = Optional.empty();
        private long count;
        private boolean damaged;

        SegmentRows(String name) {
            this.name = name;
        }

        @Override
        public void row(IndexRow row) throws IOException {
            count++;
            pace.read("index", ROW_BYTES);
            if (previous.isPresent() && previous.get().compareTo(row) >= 0) {
                findings.problem("The index file " + name + " is out of order at entry " + row.entryId() + " of ledger "
                        + row.ledgerId() + ".");
            }
            previous = Optional.of(row);
            try {
                if (counts(row)) {
                    rowsOfLog.merge(row.location().logId(), 1L, Long::sum);
                }
            } catch (IOException e) {
                damaged = true; // The damaged block is told by the scan of its segment.
            }
        }

        @Override
        public void damagedBlock(int block, String how) {
            damaged = true;
            findings.problem(how);
        }
    }

    private void verify(Checkpoint.LogRef log) throws IOException {
        findings.entryLogs++;
        findings.entryLogBytes += log.bytes();
        String name = path + "/" + EntryLogs.nameOf(log.logId());
        try {
            store.scanLog(log, new LogRecords(log, name));
        } catch (IOException e) {
            findings.problem("The entry log " + name + " cannot be read: " + e.getMessage());
        }
    }

    private final class LogRecords implements LogVisitor {
        private final Checkpoint.LogRef log;
        private final String name;

        LogRecords(Checkpoint.LogRef log, String name) {
            this.log = log;
            this.name = name;
        }

        @Override
        public void entry(RecordHead head, ByteBuffer body) throws IOException {
            findings.records++;
            pace.read("entry logs", body.remaining());
            long visible = visibleFromFlush(head.ledgerId()).orElse(Long.MAX_VALUE);
            if (head.flush() < visible) {
                return; // Of a ledger, or of a life of it, that was deleted.
            }
            try {
                Optional<IndexRow> row = store.locate(head.ledgerId(), head.entryId(), visible);
                if (row.isEmpty()) {
                    findings.entry(
                            head.ledgerId(),
                            head.entryId(),
                            "lies in " + name + " at byte " + head.location().offset()
                                    + ", but the index does not know it");
                } else if (row.get().location().equals(head.location())) {
                    foundInLog.merge(log.logId(), 1L, Long::sum);
                }
            } catch (IOException e) {
                findings.entry(head.ledgerId(), head.entryId(), "lies in " + name + ", but the index is damaged there");
            }
        }

        @Override
        public void damagedEntry(RecordHead head) {
            pace.read("entry logs", head.location().bodyBytes());
            findings.problem("The body of entry " + head.entryId() + " of ledger " + head.ledgerId() + " is damaged in "
                    + name + " at byte " + head.location().offset() + ".");
        }

        @Override
        public void damagedRange(long fromOffset, long toOffset) {
            pace.read("entry logs", toOffset - fromOffset);
            findings.problem(
                    "The entry log " + name + " is damaged from byte " + fromOffset + " to byte " + toOffset + ".");
        }
    }

    /** Only where a log has fewer records than rows. */
    private void lookUpWhatWasNotFound() throws IOException {
        Map<Integer, Long> suspicious = new TreeMap<>(rowsOfLog);
        suspicious.entrySet().removeIf(rows -> rows.getValue().equals(foundInLog.getOrDefault(rows.getKey(), 0L)));
        if (suspicious.isEmpty()) {
            return;
        }
        for (Segment segment : store.segments()) {
            segment.scan(new Segment.ScanVisitor() {
                @Override
                public void row(IndexRow row) {
                    if (suspicious.containsKey(row.location().logId())) {
                        lookUp(row);
                    }
                }

                @Override
                public void damagedBlock(int block, String how) {
                    // Told before.
                }
            });
        }
    }

    private void lookUp(IndexRow row) {
        try {
            if (counts(row)) {
                store.read(row);
            }
        } catch (IOException e) {
            findings.entry(row.ledgerId(), row.entryId(), "cannot be read: " + e.getMessage());
        }
    }
}
