package dev.daybook.storage.readahead;

import dev.daybook.storage.entrylog.EntryLocation;
import dev.daybook.storage.entrylog.EntryLogs;
import dev.daybook.storage.entrylog.EntryRun;
import dev.daybook.storage.index.IndexRow;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Reads ahead for readers that were seen to be sequential, and only for those: a random read costs exactly its record. A
 * ledger's entries lie side by side as far as one flush wrote them, so one read from disk serves many requests without
 * the index. The caller says which entries of a run still count, and calls {@link #clear} when that may have changed.
 * Thread-safe.
 */
public final class ReadAhead {
    private static final int CURSORS_PER_LEDGER_MAX = 4;
    private static final int LEDGERS_MAX = 4096;

    /** Reading ahead of fewer entries is not worth its trouble. */
    private static final int WINDOW_ENTRIES_MIN = 4;

    private final EntryLogs logs;
    private final long bytesMax;

    /** Least recently used ledger first. */
    private final LinkedHashMap<Long, List<Cursor>> cursors = new LinkedHashMap<>(16, 0.75f, true);

    private long bytes;
    private long epoch;

    /** Says how many of the first entries of a run are those that count. */
    @FunctionalInterface
    public interface RunCheck {
        int countCurrent(EntryRun run) throws IOException;
    }

    /** @param bytesMax memory for what was read ahead; 0 switches it off */
    public ReadAhead(EntryLogs logs, long bytesMax) {
        this.logs = logs;
        this.bytesMax = bytesMax;
    }

    /** Changes whenever everything is cleared. To be taken before the index is asked. */
    public synchronized long epoch() {
        return epoch;
    }

    /** Forgets what was read, but not who is sequential. Other entries may count from now on. */
    public synchronized void clear() {
        epoch++;
        bytes = 0;
        cursors.values().forEach(ofLedger -> ofLedger.forEach(Cursor::clear));
    }

    /** What there is without waiting for the disk. */
    public Optional<ByteBuffer> ready(long ledgerId, long entryId, long visibleFromFlush) {
        @Nullable Cursor cursor = known(ledgerId, entryId);
        if (cursor == null || !cursor.loading.tryLock()) {
            return Optional.empty();
        }
        return take(cursor, entryId, visibleFromFlush);
    }

    /** As {@link #ready}, but waits if the entry is just being read ahead. */
    public Optional<ByteBuffer> find(long ledgerId, long entryId, long visibleFromFlush) {
        @Nullable Cursor cursor = known(ledgerId, entryId);
        if (cursor == null) {
            return Optional.empty();
        }
        cursor.loading.lock();
        return take(cursor, entryId, visibleFromFlush);
    }

    /** The lock is held, and released here. */
    private Optional<ByteBuffer> take(Cursor cursor, long entryId, long visibleFromFlush) {
        try {
            EntryRun run;
            synchronized (this) {
                run = cursor.run();
                if (run == null || entryId < run.firstEntryId() || entryId > run.lastEntryId()) {
                    return Optional.empty();
                }
                cursor.step(entryId);
            }
            return run.find(entryId, visibleFromFlush);
        } finally {
            cursor.loading.unlock();
        }
    }

    private synchronized @Nullable Cursor known(long ledgerId, long entryId) {
        List<Cursor> ofLedger = cursors.get(ledgerId);
        return ofLedger == null ? null : nearest(ofLedger, entryId);
    }

    private static @Nullable Cursor nearest(List<Cursor> ofLedger, long entryId) {
        for (Cursor cursor : ofLedger) {
            if (cursor.isNear(entryId)) {
                return cursor;
            }
        }
        return null;
    }

    /**
     * Reads an entry from disk, and what follows it if its reader is sequential.
     *
     * @param row where the entry lies
     * @param validBytes where its log ends
     * @param askedEpoch {@link #epoch} from before the index was asked for the row
     * @throws IOException if the entry cannot be read whole and undamaged
     */
    public ByteBuffer read(IndexRow row, long validBytes, long askedEpoch, RunCheck check) throws IOException {
        EntryLocation location = row.location();
        long ledgerId = row.ledgerId();
        long entryId = row.entryId();
        boolean isSmall = location.bodyBytes() <= Cursor.WINDOW_BYTES_MAX / WINDOW_ENTRIES_MIN;
        @Nullable Cursor cursor = bytesMax == 0 || !isSmall ? null : step(ledgerId, entryId);
        if (cursor == null) {
            return logs.read(location, ledgerId, entryId);
        }
        cursor.loading.lock();
        try {
            if (!isLoaded(cursor, entryId)) {
                EntryRun run = load(cursor, location, validBytes);
                int readBytes = run.usedBytes();
                run.keepFirst(check.countCurrent(run));
                keep(cursor, run, readBytes, askedEpoch);
            }
        } finally {
            cursor.loading.unlock();
        }
        Optional<ByteBuffer> body = find(ledgerId, entryId, row.flush());
        return body.isPresent() ? body.get() : logs.read(location, ledgerId, entryId);
    }

    private synchronized boolean isLoaded(Cursor cursor, long entryId) {
        EntryRun run = cursor.run();
        return run != null && entryId >= run.firstEntryId() && entryId <= run.lastEntryId();
    }

    /** The cursor if it is one to read ahead for. */
    private synchronized @Nullable Cursor step(long ledgerId, long entryId) {
        List<Cursor> ofLedger = cursors.computeIfAbsent(ledgerId, id -> new ArrayList<>(1));
        Cursor cursor = nearest(ofLedger, entryId);
        if (cursor == null) {
            if (ofLedger.size() == CURSORS_PER_LEDGER_MAX) {
                bytes -= ofLedger.remove(0).memoryBytes();
            }
            cursor = new Cursor(ledgerId, entryId);
        } else {
            ofLedger.remove(cursor);
            cursor.step(entryId);
        }
        ofLedger.add(cursor);
        evict(cursor);
        return cursor.isSequential() ? cursor : null;
    }

    private EntryRun load(Cursor cursor, EntryLocation location, long validBytes) throws IOException {
        int wanted = Math.max(cursor.windowBytes(), WINDOW_ENTRIES_MIN * location.bodyBytes());
        int window = (int) Math.min(wanted, validBytes - location.offset());
        return logs.readRun(location, cursor.ledgerId(), window);
    }

    /** @param readBytes how much of the window belonged to the ledger */
    private synchronized void keep(Cursor cursor, EntryRun run, int readBytes, long askedEpoch) {
        List<Cursor> ofLedger = cursors.get(cursor.ledgerId());
        if (askedEpoch != epoch || ofLedger == null || !ofLedger.contains(cursor)) {
            return; // What is outdated, or what nobody counts, must not be kept.
        }
        bytes -= cursor.memoryBytes();
        cursor.setRun(run, readBytes);
        bytes += cursor.memoryBytes();
        evict(cursor);
    }

    private void evict(Cursor spared) {
        Iterator<Map.Entry<Long, List<Cursor>>> oldestFirst = cursors.entrySet().iterator();
        while ((bytes > bytesMax || cursors.size() > LEDGERS_MAX) && oldestFirst.hasNext()) {
            Map.Entry<Long, List<Cursor>> oldest = oldestFirst.next();
            if (oldest.getKey() == spared.ledgerId()) {
                continue;
            }
            for (Cursor cursor : oldest.getValue()) {
                bytes -= cursor.memoryBytes();
                cursor.evict();
            }
            if (cursors.size() > LEDGERS_MAX) {
                oldestFirst.remove();
            }
        }
    }

    /** Memory taken at the moment. */
    public synchronized long bytes() {
        return bytes;
    }
}
