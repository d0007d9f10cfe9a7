package dev.daybook.storage.store;

import dev.daybook.storage.index.SegmentRef;
import java.util.List;

/**
 * Which segments to merge. Segments fall into tiers by size, each tier as many times larger than the one below as the
 * merge width says. As soon as that many of one tier lie side by side, they and all newer ones become one segment of the
 * tier above. So a row is rewritten once per tier, and each tier has fewer segments than the merge width.
 */
final class MergeChoice {
    /** Everything smaller belongs to the lowest tier. */
    private static final long LOWEST_TIER_ROWS = 4096;

    private MergeChoice() {}

    /** How many segments from the newest back are to be merged; 0 if none. */
    static int newestCount(List<SegmentRef> oldestFirst, int mergeWidth) {
        int chosen = 0;
        int tier = 0;
        int inTier = 0;
        for (int i = oldestFirst.size() - 1; i >= 0; i--) {
            int found = tierOf(oldestFirst.get(i).rows(), mergeWidth);
            if (found > tier) {
                tier = found;
                inTier = 0;
            }
            inTier++;
            if (inTier >= mergeWidth) {
                chosen = oldestFirst.size() - i;
            }
        }
        return chosen;
    }

    private static int tierOf(long rows, int mergeWidth) {
        int tier = 0;
        for (long limit = LOWEST_TIER_ROWS; rows >= limit; limit *= mergeWidth) {
            tier++;
        }
        return tier;
    }
}
