package dev.daybook.storage.store;

import dev.daybook.storage.index.SegmentRef;
import java.util.List;

/** Which segments to merge: the newest ones, as far back as none is much larger than those after it together. */
final class MergeChoice {
    /** A segment joins if it has at most this many times the rows of all newer ones. */
    private static final int GROWTH = 2;

    private MergeChoice() {}

    /** How many segments from the newest back are to be merged; 0 if none. */
    static int newestCount(List<SegmentRef> oldestFirst, int segmentsMax) {
        if (oldestFirst.size() <= segmentsMax) {
            return 0;
        }
        int index = oldestFirst.size() - 1;
        long rows = oldestFirst.get(index).rows();
        while (index > 0 && oldestFirst.get(index - 1).rows() <= GROWTH * rows) {
            index--;
            rows += oldestFirst.get(index).rows();
        }
        // Too many segments is too many, whatever their sizes.
        return Math.max(2, oldestFirst.size() - index);
    }
}
