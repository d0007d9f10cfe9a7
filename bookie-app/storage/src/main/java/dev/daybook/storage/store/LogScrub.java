package dev.daybook.storage.store;

import dev.daybook.engine.ledger.LedgerRow;
import dev.daybook.storage.entrylog.EntryLocation;
import dev.daybook.storage.entrylog.EntryLogs;
import dev.daybook.storage.entrylog.LogVisitor;
import dev.daybook.storage.entrylog.RecordHead;
import dev.daybook.storage.index.IndexRow;
import dev.daybook.storage.index.Segment;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.LongConsumer;

/** Compares entry logs with the index, as both were at one checkpoint. */
final class LogScrub {
    private final StoreView view;
    private final Map<Long, LedgerRow> ledgers;
    private final LongConsumer pace;
    private final Map<Integer, Long> logBytes = new HashMap<>();

    /** The index could not tell of some entry, which is a finding of its own and no fault of a log. */
    private boolean indexDamaged;

    LogScrub(StoreView view, Map<Long, LedgerRow> ledgers, LongConsumer pace) {
        this.view = view;
        this.ledgers = ledgers;
        this.pace = pace;
        view.checkpoint().logs().forEach(log -> logBytes.put(log.logId(), log.bytes()));
    }

    /**
     * @param notIndexed entries of living ledgers that the index does not know
     * @param lost entries that count and cannot be read, by ledger
     */
    record Result(int damagedPlaces, long firstDamagedOffset, int notIndexed, Map<Long, Integer> lost) {}

    /** A row that counts and whose record cannot be in any log. */
    boolean pointsNowhere(IndexRow row) {
        long end = logBytes.getOrDefault(row.location().logId(), 0L);
        return row.location().offset() + row.location().bodyBytes() > end && counts(row);
    }

    private boolean counts(IndexRow row) {
        return counts(row.ledgerId(), row.entryId(), row.location());
    }

    /** Whether this is where the entry of a living ledger is read from; where the index cannot tell, it may be. */
    private boolean counts(long ledgerId, long entryId, EntryLocation location) {
        LedgerRow ledger = ledgers.get(ledgerId);
        if (ledger == null || ledger.deleted()) {
            return false;
        }
        try {
            return view.locate(ledgerId, entryId, ledger.visibleFromFlush())
                    .filter(row -> row.location().equals(location))
                    .isPresent();
        } catch (IOException e) {
            indexDamaged = true;
            return true;
        }
    }

    /** Whether the index certainly does not know an entry that it should. */
    private boolean isForgotten(RecordHead head) {
        LedgerRow ledger = ledgers.get(head.ledgerId());
        if (indexDamaged || !view.isComplete() || ledger == null || !isLive(head)) {
            return false;
        }
        try {
            return view.locate(head.ledgerId(), head.entryId(), ledger.visibleFromFlush())
                    .isEmpty();
        } catch (IOException e) {
            indexDamaged = true;
            return false;
        }
    }

    private boolean isLive(RecordHead head) {
        LedgerRow ledger = ledgers.get(head.ledgerId());
        return ledger != null && !ledger.deleted() && head.flush() >= ledger.visibleFromFlush();
    }

    Result scan(Checkpoint.LogRef ref, EntryLogs logs) throws IOException {
        Scan scan = new Scan();
        logs.scan(ref.logId(), ref.bytes(), scan);
        if (!scan.ranges.isEmpty()) {
            forEachRowIn(ref.logId(), row -> {
                boolean hit = scan.ranges.stream()
                        .anyMatch(range -> row.location().offset() >= range[0]
                                && row.location().offset() < range[1]);
                if (hit && counts(row)) {
                    scan.lost.merge(row.ledgerId(), 1, Integer::sum);
                }
            });
        }
        return new Result(scan.places, scan.firstOffset, scan.notIndexed, scan.lost);
    }

    /** What would be lost if the whole log were. */
    Map<Long, Integer> allOf(int logId) {
        Map<Long, Integer> lost = new HashMap<>();
        try {
            forEachRowIn(logId, row -> {
                if (counts(row)) {
                    lost.merge(row.ledgerId(), 1, Integer::sum);
                }
            });
        } catch (IOException e) {
            return lost; // The index is damaged, too, which is a finding of its own.
        }
        return lost;
    }

    private void forEachRowIn(int logId, Segment.RowVisitor visitor) throws IOException {
        for (Segment segment : view.segments()) {
            segment.scan(new Segment.ScanVisitor() {
                @Override
                public void row(IndexRow row) throws IOException {
                    if (row.location().logId() == logId) {
                        visitor.row(row);
                    }
                }

                @Override
                public void damagedBlock(int block, String how) {}
            });
        }
    }

    private final class Scan implements LogVisitor {
        private final Map<Long, Integer> lost = new HashMap<>();
        private final List<long[]> ranges = new ArrayList<>();
        private int places;
        private long firstOffset = -1;
        private int notIndexed;

        @Override
        public void entry(RecordHead head, ByteBuffer body) throws IOException {
            pace.accept(body.remaining());
            notIndexed += isForgotten(head) ? 1 : 0;
        }

        @Override
        public void damagedEntry(RecordHead head) throws IOException {
            found(head.location().offset());
            if (counts(head.ledgerId(), head.entryId(), head.location())) {
                lost.merge(head.ledgerId(), 1, Integer::sum);
            }
        }

        @Override
        public void damagedRange(long fromOffset, long toOffset) {
            found(fromOffset);
            ranges.add(new long[] {fromOffset, toOffset});
        }

        private void found(long offset) {
            places++;
            firstOffset = firstOffset < 0 ? offset : firstOffset;
        }
    }
}
