package dev.daybook.storage.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.daybook.storage.index.SegmentRef;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class MergeChoiceTest {
    private static final int MERGE_WIDTH = 4;

    @Test
    void fewSegmentsAreLeftAlone() {
        assertThat(MergeChoice.newestCount(List.of(), MERGE_WIDTH)).isZero();
        assertThat(MergeChoice.newestCount(sizes(10, 10, 10), MERGE_WIDTH)).isZero();
        assertThat(MergeChoice.newestCount(sizes(90_000, 90_000, 90_000, 10, 10, 10), MERGE_WIDTH))
                .isZero();
    }

    @Test
    void likeSizesBecomeOneTogetherWithEverythingNewer() {
        assertThat(MergeChoice.newestCount(sizes(90_000, 10, 10, 10, 10), MERGE_WIDTH))
                .isEqualTo(4);
        assertThat(MergeChoice.newestCount(sizes(90_000, 90_000, 90_000, 90_000, 10), MERGE_WIDTH))
                .isEqualTo(5);
    }

    private static List<SegmentRef> sizes(long... rows) {
        List<SegmentRef> segments = new ArrayList<>();
        for (long size : rows) {
            segments.add(new SegmentRef(segments.size(), segments.size(), segments.size(), size));
        }
        return segments;
    }

    /** Ten thousand flushes of equal size: few segments at any time, and each row is rewritten few times. */
    @Test
    void theNumberOfSegmentsAndOfRewritesStaysSmall() {
        List<SegmentRef> segments = new ArrayList<>();
        long written = 0;
        int flushes = 10_000;
        for (int flush = 1; flush <= flushes; flush++) {
            segments.add(new SegmentRef(flush, flush, flush, 1000));
            int count = MergeChoice.newestCount(segments, MERGE_WIDTH);
            if (count > 0) {
                List<SegmentRef> merged = segments.subList(segments.size() - count, segments.size());
                long rows = merged.stream().mapToLong(SegmentRef::rows).sum();
                written += rows;
                merged.clear();
                segments.add(new SegmentRef(flush, 1, flush, rows));
            }
            assertThat(segments).hasSizeLessThan(24);
        }
        assertThat((double) written / (flushes * 1000L)).isLessThan(8);
    }
}
