package dev.daybook.storage.index;

import dev.daybook.storage.entrylog.EntryLocation;
import java.io.IOException;
import java.util.Collection;
import java.util.Comparator;
import java.util.PriorityQueue;
import java.util.function.LongConsumer;
import org.jspecify.annotations.Nullable;

/** Writes the rows of several segments into one. Of several rows of an entry, the one that counts is kept. */
public final class SegmentMerge {
    private static final int PACE_ROWS = 4096;
    private static final IndexRow NONE =
            new IndexRow(Long.MIN_VALUE, Long.MIN_VALUE, Long.MIN_VALUE, new EntryLocation(0, 0, 0));

    /** Decides which rows are still wanted. */
    @FunctionalInterface
    public interface Filter {
        boolean keeps(long ledgerId, long flush);
    }

    private SegmentMerge() {}

    /** @param pace told now and then how many rows were read; may block, and may end the merge by an exception */
    public static void merge(Collection<Segment> segments, Filter filter, LongConsumer pace, SegmentWriter into)
            throws IOException {
        PriorityQueue<SegmentCursor> cursors =
                new PriorityQueue<>(Comparator.comparing(SegmentCursor::current, IndexRow::compareTo));
        for (Segment segment : segments) {
            SegmentCursor cursor = new SegmentCursor(segment, NONE);
            if (cursor.advance()) {
                cursors.add(cursor);
            }
        }
        IndexRow previous = NONE;
        int unpaced = 0;
        while (!cursors.isEmpty()) {
            SegmentCursor cursor = cursors.remove();
            @Nullable SegmentCursor next = cursors.peek();
            boolean more = true;
            // Segments rarely interleave row by row, so a cursor goes on as long as it is the first.
            while (more && (next == null || cursor.current().compareTo(next.current()) <= 0)) {
                IndexRow row = cursor.current();
                // The row that counts comes first, but only one that is wanted may hide another.
                if (!row.hasKeyOf(previous) && filter.keeps(row.ledgerId(), row.flush())) {
                    into.add(row);
                    previous = row;
                }
                more = cursor.advance();
                unpaced++;
                if (unpaced == PACE_ROWS) {
                    pace.accept(unpaced);
                    unpaced = 0;
                }
            }
            if (more) {
                cursors.add(cursor);
            }
        }
        pace.accept(unpaced);
    }
}
