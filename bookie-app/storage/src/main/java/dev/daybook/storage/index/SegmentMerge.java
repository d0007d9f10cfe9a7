package dev.daybook.storage.index;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;

/** Writes the rows of neighbouring segments into one. Where several have a row for an entry, the newest wins. */
public final class SegmentMerge {
    /** Decides which rows are still wanted. */
    @FunctionalInterface
    public interface Filter {
        /** @param lastFlush newest flush of the segment that holds the row */
        boolean keeps(long ledgerId, long lastFlush);
    }

    /** Walks over the rows of a segment. */
    private static final class Cursor {
        private final Segment segment;
        private final int age;
        private int block;
        private int row = -1;
        private ByteBuffer bytes = ByteBuffer.allocate(0);
        private IndexRow current;

        /** @param age 0 for the newest segment */
        Cursor(Segment segment, int age, IndexRow first) {
            this.segment = segment;
            this.age = age;
            this.current = first;
        }

        boolean advance() throws IOException {
            row++;
            if (bytes.limit() == 0 || row == SegmentFormat.rowsOf(bytes)) {
                if (block == segment.blocks()) {
                    return false;
                }
                bytes = segment.block(block);
                block++;
                row = 0;
            }
            current = SegmentFormat.rowAt(bytes, row);
            return true;
        }

        int age() {
            return age;
        }
    }

    private SegmentMerge() {}

    /** @param newestFirst neighbours in flush order */
    public static void merge(List<Segment> newestFirst, Filter filter, SegmentWriter into) throws IOException {
        Comparator<Cursor> byKey = (left, right) -> left.current.compareKey(right.current);
        PriorityQueue<Cursor> cursors = new PriorityQueue<>(byKey.thenComparingInt(Cursor::age));
        IndexRow none = new IndexRow(Long.MIN_VALUE, Long.MIN_VALUE, SegmentFormat.NOWHERE);
        for (int age = 0; age < newestFirst.size(); age++) {
            Cursor cursor = new Cursor(newestFirst.get(age), age, none);
            if (cursor.advance()) {
                cursors.add(cursor);
            }
        }
        IndexRow previous = none;
        while (!cursors.isEmpty()) {
            Cursor cursor = cursors.remove();
            IndexRow row = cursor.current;
            boolean kept = filter.keeps(row.ledgerId(), cursor.segment.ref().lastFlush());
            // The newest row comes first, but only one that is wanted may hide an older one.
            if (kept && row.compareKey(previous) != 0) {
                into.add(row);
                previous = row;
            }
            if (cursor.advance()) {
                cursors.add(cursor);
            }
        }
    }
}
