package dev.daybook.storage.store;

import dev.daybook.storage.disk.Disk;
import dev.daybook.storage.index.Segment;
import dev.daybook.storage.index.SegmentRef;
import java.io.IOException;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The current view of a ledger directory, and the only way to replace it. Whoever replaces it holds the lock from before
 * it reads the view until it has replaced it: a flush for all of its time, other jobs for a moment.
 */
final class StoreState {
    private static final Logger LOG = LoggerFactory.getLogger(StoreState.class);

    private final Disk disk;
    private final ReentrantLock lock = new ReentrantLock();
    private final AtomicLong nextFileId;
    private final AtomicBoolean rebuildNeeded = new AtomicBoolean();
    private volatile StoreView view;

    /** A job failed so that it is not known what is on disk. Nothing may be written or deleted any more. */
    private final AtomicBoolean broken = new AtomicBoolean();

    /** @param nextFileId above the number of every file in the directory */
    StoreState(Disk disk, StoreView view, long nextFileId) {
        this.disk = disk;
        this.view = view;
        this.nextFileId = new AtomicLong(nextFileId);
        rebuildNeeded.set(!view.isComplete());
    }

    StoreView view() {
        return view;
    }

    /** A number that no file has had. It is not used again after a crash either, unless the file does not exist then. */
    long newFileId() {
        return nextFileId.getAndIncrement();
    }

    ReentrantLock lock() {
        return lock;
    }

    void checkUsable() throws IOException {
        if (broken.get()) {
            throw new IOException("The ledger directory " + disk.path()
                    + " failed before and is not written to any more: start the bookie again.");
        }
    }

    void fail() {
        broken.set(true);
    }

    /** First half of {@link #replace}; if it fails, the old checkpoint stands. */
    void prepare(Checkpoint next) throws IOException {
        CheckpointFile.prepare(disk, next.withNextFileId(nextFileId.get()));
    }

    /** Second half of {@link #replace}; if it fails, it is unknown which checkpoint stands. */
    void complete(Checkpoint next, Collection<Segment> segments) throws IOException {
        boolean replaced = false;
        try {
            CheckpointFile.replace(disk);
            replaced = true;
        } finally {
            if (!replaced) {
                fail();
            }
        }
        view = new StoreView(next, segments);
    }

    /**
     * Changes the checkpoint.
     *
     * @param change from the current checkpoint, whose list of segments need not be right
     * @param segments of the new one, all of them open
     */
    void replace(Function<Checkpoint, Checkpoint> change, Collection<Segment> segments) throws IOException {
        checkUsable();
        Checkpoint next = change.apply(view.checkpoint()).withSegments(refs(segments));
        prepare(next);
        complete(next, segments);
    }

    /** Changes what does not concern the index. */
    void replace(Function<Checkpoint, Checkpoint> change) throws IOException {
        checkUsable();
        Checkpoint next = change.apply(view.checkpoint());
        prepare(next);
        complete(next, view.segments());
    }

    private static List<SegmentRef> refs(Collection<Segment> segments) {
        return segments.stream()
                .map(Segment::ref)
                .sorted(Comparator.comparingLong(SegmentRef::lastFlush).thenComparingLong(SegmentRef::segmentId))
                .toList();
    }

    /** A read of the index failed while this was the current view. */
    void indexFailed(IOException cause) {
        if (rebuildNeeded.compareAndSet(false, true)) {
            LOG.error("{}", cause.getMessage());
        }
    }

    boolean isRebuildNeeded() {
        return rebuildNeeded.get();
    }

    void rebuilt() {
        rebuildNeeded.set(false);
    }

    /**
     * Deletes what no checkpoint names any more. What cannot be deleted now goes at the next start. That is everything
     * while it is unknown which checkpoint stands: the one that could not be replaced for certain may name the file.
     */
    void delete(String name) {
        if (broken.get()) {
            return;
        }
        try {
            if (disk.exists(name)) {
                disk.delete(name);
            }
        } catch (IOException e) {
            LOG.debug("{} stays until the next start, which deletes what no checkpoint names.", name, e);
        }
    }

    void closeAndDelete(Segment segment) {
        closeQuietly(segment);
        delete(Segment.nameOf(segment.ref().segmentId()));
    }

    static void closeQuietly(AutoCloseable file) {
        try {
            file.close();
        } catch (Exception e) {
            LOG.debug("A file that nothing depends on any more could not be closed.", e);
        }
    }
}
