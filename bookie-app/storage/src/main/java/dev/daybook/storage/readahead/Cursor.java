package dev.daybook.storage.readahead;

import dev.daybook.storage.entrylog.EntryRun;
import java.util.ArrayDeque;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * One reader of a ledger, as far as its reads tell, and what was read ahead for it. Several reads of one reader may be on
 * their way at once and arrive in any order, so steps of some entries forward count as going on. Guarded by its owner.
 */
final class Cursor {
    /** Farthest step that still belongs to the same reader. */
    static final int STEP_MAX = 64;

    /** Entries that reads on their way at once may leave out between two runs. */
    private static final int GAP_MAX = 8;

    /** Steps after which a reader is taken for a sequential one. */
    private static final int STEPS_TO_TRUST = 2;

    private static final int WINDOW_BYTES_MIN = 16 << 10;
    static final int WINDOW_BYTES_MAX = 256 << 10;

    /** What lies ready for one reader at most: about what it may ask for while the disk is read. */
    private static final int AHEAD_BYTES_MAX = 1 << 20;

    /** Held while a run is read from disk, so that who needs it waits instead of reading it, too. */
    final ReentrantLock loading = new ReentrantLock();

    private final long ledgerId;

    /** By ascending entry, without overlap. */
    private final ArrayDeque<EntryRun> runs = new ArrayDeque<>();

    private long lastEntryId;
    private int steps;
    private int windowBytes = WINDOW_BYTES_MIN;
    private int aheadBytes = 2 * WINDOW_BYTES_MIN;

    /** Somebody reads what follows. */
    private boolean fetching;

    /** Behind the last run there is nothing to be read ahead. */
    private boolean atEnd;

    Cursor(long ledgerId, long entryId) {
        this.ledgerId = ledgerId;
        this.lastEntryId = entryId;
    }

    long ledgerId() {
        return ledgerId;
    }

    /** Whether a read of this entry seems to come from this reader. */
    boolean isNear(long entryId) {
        boolean isAhead = !runs.isEmpty()
                && entryId >= runs.getFirst().firstEntryId()
                && entryId <= runs.getLast().lastEntryId();
        return isAhead || Math.abs(entryId - lastEntryId) <= STEP_MAX;
    }

    /** The reader asked for this entry. What it has left behind is forgotten. */
    void step(long entryId) {
        if (entryId > lastEntryId) {
            lastEntryId = entryId;
            steps++;
        }
        while (runs.size() > 1 && runs.getFirst().lastEntryId() < lastEntryId - STEP_MAX) {
            runs.removeFirst();
        }
    }

    boolean isSequential() {
        return steps >= STEPS_TO_TRUST;
    }

    /** How much to read at once. */
    int windowBytes() {
        return windowBytes;
    }

    /** The run in whose range the entry is. */
    @Nullable
    EntryRun runOf(long entryId) {
        for (EntryRun run : runs) {
            if (entryId <= run.lastEntryId()) {
                return entryId >= run.firstEntryId() ? run : null;
            }
        }
        return null;
    }

    /** Where to go on behind the last run. */
    long nextEntryId() {
        return runs.getLast().lastEntryId() + 1;
    }

    /** Takes what was read. A reader that goes on behind what it has is trusted with more, one that jumps begins anew. */
    void add(EntryRun run) {
        atEnd = false;
        long gap = runs.isEmpty() ? 1 : run.firstEntryId() - runs.getLast().lastEntryId();
        if (gap < 1 || gap > GAP_MAX) {
            runs.clear();
            windowBytes = WINDOW_BYTES_MIN;
            aheadBytes = 2 * WINDOW_BYTES_MIN;
        } else {
            windowBytes = Math.min(WINDOW_BYTES_MAX, 2 * windowBytes);
            aheadBytes = Math.min(AHEAD_BYTES_MAX, 2 * aheadBytes);
        }
        runs.addLast(run);
    }

    void noteEnd() {
        atEnd = true;
    }

    /**
     * Whether something should be read ahead now.
     *
     * @param crowded others have taken much already: then only who has nothing more gets something
     */
    boolean wantsMore(boolean crowded) {
        return isSequential() && !runs.isEmpty() && !atEnd && unreadBytes() < (crowded ? 1 : aheadBytes);
    }

    boolean isFetching() {
        return fetching;
    }

    void setFetching(boolean now) {
        fetching = now;
    }

    /** Memory of runs that the reader has not come to the end of. */
    long unreadBytes() {
        long bytes = 0;
        for (EntryRun run : runs) {
            bytes += run.lastEntryId() > lastEntryId ? run.memoryBytes() : 0;
        }
        return bytes;
    }

    long memoryBytes() {
        long bytes = 0;
        for (EntryRun run : runs) {
            bytes += run.memoryBytes();
        }
        return bytes;
    }

    void clear() {
        runs.clear();
        atEnd = false;
    }

    /** Its memory went to others: it has to prove itself again. */
    void evict() {
        clear();
        steps = 0;
        windowBytes = WINDOW_BYTES_MIN;
        aheadBytes = 2 * WINDOW_BYTES_MIN;
    }
}
