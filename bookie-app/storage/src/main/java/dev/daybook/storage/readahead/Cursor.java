package dev.daybook.storage.readahead;

import dev.daybook.storage.entrylog.EntryRun;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * One reader of a ledger, as far as its reads tell. Several reads of one reader may be on their way at once and arrive in
 * any order, so steps of some entries forward count as going on.
 */
final class Cursor {
    /** Farthest step that still belongs to the same reader. */
    static final int STEP_MAX = 64;

    /** Steps after which a reader is taken for a sequential one. */
    private static final int STEPS_TO_TRUST = 2;

    static final int WINDOW_BYTES_MIN = 16 << 10;
    static final int WINDOW_BYTES_MAX = 256 << 10;

    /** Held while the run is read from disk. */
    final ReentrantLock loading = new ReentrantLock();

    private final long ledgerId;
    private long lastEntryId;
    private int steps;
    private int windowBytes = WINDOW_BYTES_MIN;
    private @Nullable EntryRun run;

    Cursor(long ledgerId, long entryId) {
        this.ledgerId = ledgerId;
        this.lastEntryId = entryId;
    }

    long ledgerId() {
        return ledgerId;
    }

    /** Whether a read of this entry seems to come from this reader. */
    boolean isNear(long entryId) {
        EntryRun known = run;
        return (known != null && entryId >= known.firstEntryId() && entryId <= known.lastEntryId())
                || Math.abs(entryId - lastEntryId) <= STEP_MAX;
    }

    void step(long entryId) {
        if (entryId > lastEntryId) {
            lastEntryId = entryId;
            steps++;
        }
    }

    boolean isSequential() {
        return steps >= STEPS_TO_TRUST;
    }

    int windowBytes() {
        return windowBytes;
    }

    @Nullable
    EntryRun run() {
        return run;
    }

    /**
     * The next window is larger if most of this one belonged to the ledger, else about as large as what did.
     *
     * @param readBytes how much that was
     */
    void setRun(EntryRun loaded, int readBytes) {
        run = loaded.isEmpty() ? null : loaded;
        int wanted = 4L * readBytes > 3L * windowBytes ? 2 * windowBytes : readBytes + WINDOW_BYTES_MIN / 2;
        windowBytes = Math.max(WINDOW_BYTES_MIN, Math.min(WINDOW_BYTES_MAX, wanted));
    }

    void clear() {
        run = null;
    }

    int memoryBytes() {
        EntryRun known = run;
        return known == null ? 0 : known.memoryBytes();
    }

    /** Its memory went to others: it has to prove itself again. */
    void evict() {
        run = null;
        steps = 0;
        windowBytes = WINDOW_BYTES_MIN;
    }
}
