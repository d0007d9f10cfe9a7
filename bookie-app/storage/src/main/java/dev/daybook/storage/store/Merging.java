package dev.daybook.storage.store;

import dev.daybook.storage.disk.Disk;
import dev.daybook.storage.disk.DiskFullException;
import dev.daybook.storage.index.BlockCache;
import dev.daybook.storage.index.Segment;
import dev.daybook.storage.index.SegmentMerge;
import dev.daybook.storage.index.SegmentRef;
import dev.daybook.storage.index.SegmentWriter;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.function.LongConsumer;

/** Makes one segment of several, beside whatever else goes on; only the replacement of the view excludes flushes. */
final class Merging {
    private final Disk disk;
    private final StoreState state;
    private final BlockCache cache;

    Merging(Disk disk, StoreState state, BlockCache cache) {
        this.disk = disk;
        this.state = state;
        this.cache = cache;
    }

    /** Replaces segments of the current view by one without dead rows. */
    void merge(Collection<Segment> segments, SegmentMerge.Filter filter, LongConsumer pace) throws IOException {
        Optional<Segment> merged;
        try {
            merged = write(segments, filter, pace);
        } catch (IOException e) {
            if (!(e instanceof DiskFullException)) {
                state.indexFailed(e);
            }
            throw e;
        }
        publish(segments, merged);
    }

    /** A new segment, which no checkpoint names yet; empty if no row is left. */
    Optional<Segment> write(Collection<Segment> segments, SegmentMerge.Filter filter, LongConsumer pace)
            throws IOException {
        long segmentId = state.newFileId();
        try (SegmentWriter into = SegmentWriter.create(disk, segmentId)) {
            SegmentMerge.merge(segments, filter, pace, into);
            SegmentRef ref = into.finish();
            if (ref.rows() > 0) {
                return Optional.of(Segment.open(disk, ref, cache));
            }
        } catch (IOException | RuntimeException e) {
            state.delete(Segment.nameOf(segmentId));
            throw e;
        }
        state.delete(Segment.nameOf(segmentId));
        return Optional.empty();
    }

    private void publish(Collection<Segment> replaced, Optional<Segment> merged) throws IOException {
        state.lock().lock();
        try {
            List<Segment> next = new ArrayList<>(state.view().segments());
            next.removeAll(replaced);
            merged.ifPresent(next::add);
            state.replace(checkpoint -> checkpoint, next);
        } catch (IOException | RuntimeException e) {
            merged.ifPresent(StoreState::closeQuietly);
            throw e;
        } finally {
            state.lock().unlock();
        }
        replaced.forEach(state::closeAndDelete);
    }
}
