package dev.daybook.storage.store;

import dev.daybook.storage.entrylog.EntryLocation;
import dev.daybook.storage.entrylog.EntryRun;
import dev.daybook.storage.index.IndexRow;
import dev.daybook.storage.index.LogShare;
import dev.daybook.storage.index.Segment;
import dev.daybook.storage.readahead.RunIndex;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A checkpoint with its index opened. Immutable; replaced whole. Files of an older view may be closed at any time, so
 * who meets an exception looks whether the view is still the current one.
 */
final class StoreView implements RunIndex {
    private static final Comparator<Segment> NEWEST_FIRST = Comparator.<Segment>comparingLong(
                    segment -> segment.ref().lastFlush())
            .thenComparingLong(segment -> segment.ref().segmentId())
            .reversed();

    private final Checkpoint checkpoint;
    private final List<Segment> newestFirst;
    private final Map<Integer, Long> logBytes = new HashMap<>();

    /** @param segments those of the checkpoint, in any order, as far as they could be opened */
    StoreView(Checkpoint checkpoint, Collection<Segment> segments) {
        this.checkpoint = checkpoint;
        List<Segment> sorted = new ArrayList<>(segments);
        sorted.sort(NEWEST_FIRST);
        this.newestFirst = List.copyOf(sorted);
        checkpoint.logs().forEach(log -> logBytes.put(log.logId(), log.bytes()));
    }

    Checkpoint checkpoint() {
        return checkpoint;
    }

    List<Segment> segments() {
        return newestFirst;
    }

    /** False if segments are missing; then a row that is not found may exist, and one that is found may be outdated. */
    boolean isComplete() {
        return newestFirst.size() == checkpoint.segments().size();
    }

    /** The row that counts, if there is any from this flush on. */
    Optional<IndexRow> locate(long ledgerId, long entryId, long visibleFromFlush) throws IOException {
        Optional<IndexRow> best = Optional.empty();
        for (Segment segment : newestFirst) {
            long lastFlush = segment.ref().lastFlush();
            if (lastFlush < visibleFromFlush
                    || (best.isPresent() && lastFlush < best.get().flush())) {
                break; // The others are older still.
            }
            Optional<IndexRow> found = segment.find(ledgerId, entryId).filter(row -> row.flush() >= visibleFromFlush);
            if (best.isEmpty() || (found.isPresent() && found.get().isNewerThan(best.get()))) {
                best = found;
            }
        }
        return best;
    }

    @Override
    public Optional<IndexRow> locate(long ledgerId, long entryId) throws IOException {
        return locate(ledgerId, entryId, Long.MIN_VALUE);
    }

    /** Where the valid bytes of each log end. */
    Map<Integer, Long> logBytes() {
        return logBytes;
    }

    @Override
    public long logBytes(IndexRow row) throws IOException {
        Long bytes = logBytes.get(row.location().logId());
        if (bytes == null) {
            throw new IOException("The index names entry log " + row.location().logId() + ", which does not exist.");
        }
        return bytes;
    }

    @Override
    public long runBytes(IndexRow first, int bytesMax) throws IOException {
        EntryLocation begin = first.location();
        long[] end = {begin.offset()};
        for (Segment segment : newestFirst) {
            boolean mayHold =
                    segment.ref().firstFlush() <= first.flush() && segment.ref().lastFlush() >= first.flush();
            if (mayHold && end[0] == begin.offset()) {
                segment.forEachRowWhile(first.ledgerId(), first.entryId(), Long.MAX_VALUE, row -> {
                    EntryLocation next = row.location();
                    boolean goesOn = next.logId() == begin.logId()
                            && next.offset() == end[0]
                            && (next.offset() == begin.offset() || next.end() - begin.offset() <= bytesMax);
                    end[0] = goesOn ? next.end() : end[0];
                    return goesOn;
                });
            }
        }
        return Math.max(end[0], begin.end()) - begin.offset();
    }

    @Override
    public int countCurrent(EntryRun run, IndexRow first) throws IOException {
        boolean[] named = new boolean[run.count()];
        int[] end = {run.count()};
        for (Segment segment : newestFirst) {
            if (run.isEmpty() || segment.ref().lastFlush() < first.flush()) {
                break; // It has nothing that counts rather than these.
            }
            segment.forEachRow(first.ledgerId(), run.firstEntryId(), run.lastEntryId(), row -> {
                int index = run.indexOf(row.entryId());
                if (index >= 0 && run.isAt(index, row.location())) {
                    named[index] = true;
                } else if (index >= 0) {
                    end[0] = Math.min(end[0], index);
                }
            });
        }
        int count = 0;
        while (count < end[0] && named[count]) {
            count++;
        }
        return count;
    }

    /** Whether it is unknown what there is of the ledger besides the rows that can be found. */
    boolean isDoubted(long ledgerId, long visibleFromFlush) {
        return !isComplete()
                || (!checkpoint.doubts().isEmpty()
                        && checkpoint.doubts().getOrDefault(ledgerId, Long.MIN_VALUE) >= visibleFromFlush);
    }

    /** Shows the rows of a ledger, ascending within one segment. */
    void forEachRow(long ledgerId, long visibleFromFlush, Segment.RowVisitor visitor) throws IOException {
        for (Segment segment : newestFirst) {
            if (segment.ref().lastFlush() >= visibleFromFlush) {
                segment.forEachRow(ledgerId, Long.MIN_VALUE, Long.MAX_VALUE, row -> {
                    if (row.flush() >= visibleFromFlush) {
                        visitor.row(row);
                    }
                });
            }
        }
    }

    /** Shows what lies in which log, once per segment. */
    void forEachShare(Segment.ShareVisitor visitor) throws IOException {
        for (Segment segment : newestFirst) {
            segment.forEachShare((LogShare share) -> visitor.share(share));
        }
    }
}
