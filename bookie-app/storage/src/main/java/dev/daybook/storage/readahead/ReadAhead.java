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
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads ahead for readers that were seen to be sequential, and only for those: a random read costs exactly its record. A
 * ledger's entries lie side by side as far as one flush wrote them, so one read from disk serves many requests without
 * the index; the runs of the flushes after it are fetched while the reader is busy with the first. The caller calls
 * {@link #clear} when other entries may count. Thread-safe.
 */
public final class ReadAhead {
    private static final Logger LOG = LoggerFactory.getLogger(ReadAhead.class);

    private static final int CURSORS_PER_LEDGER_MAX = 4;
    private static final int LEDGERS_MAX = 4096;

    /** Reading ahead of fewer entries is not worth its trouble. */
    private static final int WINDOW_ENTRIES_MIN = 4;

    private final EntryLogs logs;
    private final long bytesMax;
    private final Supplier<? extends RunIndex> present;
    private volatile Optional<Executor> background = Optional.empty();

    /** Least recently used ledger first. */
    private final LinkedHashMap<Long, List<Cursor>> cursors = new LinkedHashMap<>(16, 0.75f, true);

    private long bytes;
    private long unreadBytes;
    private long epoch;

    /**
     * @param bytesMax memory for what was read ahead; 0 switches it off
     * @param present the index that counts now; it may change only before {@link #clear}
     */
    public ReadAhead(EntryLogs logs, long bytesMax, Supplier<? extends RunIndex> present) {
        this.logs = logs;
        this.bytesMax = bytesMax;
        this.present = present;
    }

    /** From now on, what follows is fetched by this executor, whose tasks read from disk. It may refuse tasks. */
    public void fetchOn(Executor executor) {
        background = Optional.of(executor);
    }

    /** Changes whenever everything is cleared. To be taken before the index is asked. */
    public synchronized long epoch() {
        return epoch;
    }

    /** Forgets what was read, but not who is sequential. Other entries may count from now on. */
    public synchronized void clear() {
        epoch++;
        bytes = 0;
        unreadBytes = 0;
        cursors.values().forEach(ofLedger -> ofLedger.forEach(Cursor::clear));
    }

    /** What there is without waiting for the disk. */
    public Optional<ByteBuffer> ready(long ledgerId, long entryId, long visibleFromFlush) {
        @Nullable Cursor cursor = known(ledgerId, entryId);
        return cursor == null ? Optional.empty() : take(cursor, entryId, visibleFromFlush);
    }

    /** As {@link #ready}, but waits if something is just being read ahead for this reader. */
    public Optional<ByteBuffer> find(long ledgerId, long entryId, long visibleFromFlush) {
        @Nullable Cursor cursor = known(ledgerId, entryId);
        if (cursor == null) {
            return Optional.empty();
        }
        Optional<ByteBuffer> body = take(cursor, entryId, visibleFromFlush);
        if (body.isPresent()) {
            return body;
        }
        cursor.loading.lock();
        try {
            return take(cursor, entryId, visibleFromFlush);
        } finally {
            cursor.loading.unlock();
        }
    }

    private Optional<ByteBuffer> take(Cursor cursor, long entryId, long visibleFromFlush) {
        EntryRun run;
        boolean fetch;
        synchronized (this) {
            run = cursor.runOf(entryId);
            if (run == null) {
                return Optional.empty();
            }
            uncount(cursor);
            cursor.step(entryId);
            count(cursor);
            fetch = beginFetch(cursor);
        }
        if (fetch) {
            fetchInBackground(cursor);
        }
        return run.find(entryId, visibleFromFlush);
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

    /** Cursors that were forgotten have nothing, and get nothing. */
    private void count(Cursor cursor) {
        bytes += cursor.memoryBytes();
        unreadBytes += cursor.unreadBytes();
    }

    private void uncount(Cursor cursor) {
        bytes -= cursor.memoryBytes();
        unreadBytes -= cursor.unreadBytes();
    }

    /**
     * Reads an entry from disk, and what follows it if its reader is sequential.
     *
     * @param row where the entry lies
     * @param askedEpoch {@link #epoch} from before the index was asked for the row
     * @param index that told the row
     * @throws IOException if the entry cannot be read whole and undamaged
     */
    public ByteBuffer read(IndexRow row, long askedEpoch, RunIndex index) throws IOException {
        EntryLocation location = row.location();
        @Nullable Cursor cursor = bytesMax == 0 || !isSmall(location) ? null : step(row.ledgerId(), row.entryId());
        if (cursor == null) {
            return logs.read(location, row.ledgerId(), row.entryId());
        }
        cursor.loading.lock();
        try {
            if (!isLoaded(cursor, row.entryId())) {
                load(cursor, row, askedEpoch, index);
            }
        } finally {
            cursor.loading.unlock();
        }
        Optional<ByteBuffer> body = ready(row.ledgerId(), row.entryId(), row.flush());
        return body.isPresent() ? body.get() : logs.read(location, row.ledgerId(), row.entryId());
    }

    private static boolean isSmall(EntryLocation location) {
        return location.bodyBytes() <= Cursor.WINDOW_BYTES_MAX / WINDOW_ENTRIES_MIN;
    }

    private synchronized boolean isLoaded(Cursor cursor, long entryId) {
        return cursor.runOf(entryId) != null;
    }

    /** The cursor if it is one to read ahead for. */
    private synchronized @Nullable Cursor step(long ledgerId, long entryId) {
        List<Cursor> ofLedger = cursors.computeIfAbsent(ledgerId, id -> new ArrayList<>(1));
        Cursor cursor = nearest(ofLedger, entryId);
        if (cursor == null) {
            if (ofLedger.size() == CURSORS_PER_LEDGER_MAX) {
                forget(ofLedger.remove(0));
            }
            cursor = new Cursor(ledgerId, entryId);
        } else {
            ofLedger.remove(cursor);
            uncount(cursor);
            cursor.step(entryId);
            count(cursor);
        }
        ofLedger.add(cursor);
        evict(cursor);
        return cursor.isSequential() ? cursor : null;
    }

    private void forget(Cursor cursor) {
        uncount(cursor);
        cursor.evict();
    }

    /** Returns whether there was something to keep. The cursor's lock is held. */
    private boolean load(Cursor cursor, IndexRow first, long askedEpoch, RunIndex index) throws IOException {
        EntryLocation location = first.location();
        int wanted = Math.max(cursor.windowBytes(), WINDOW_ENTRIES_MIN * location.bodyBytes());
        long window = Math.min(index.runBytes(first, wanted), index.logBytes(first) - location.offset());
        EntryRun run = logs.readRun(location, cursor.ledgerId(), Math.toIntExact(window));
        run.keepFirst(index.countCurrent(run, first));
        return keep(cursor, run, askedEpoch);
    }

    private synchronized boolean keep(Cursor cursor, EntryRun run, long askedEpoch) {
        List<Cursor> ofLedger = cursors.get(cursor.ledgerId());
        if (run.isEmpty() || askedEpoch != epoch || ofLedger == null || !ofLedger.contains(cursor)) {
            return false; // What is outdated, or what nobody counts, must not be kept.
        }
        uncount(cursor);
        cursor.add(run);
        count(cursor);
        evict(cursor);
        return true;
    }

    /** Whether the caller has to fetch what follows now. */
    private boolean beginFetch(Cursor cursor) {
        boolean begins = background.isPresent() && !cursor.isFetching() && cursor.wantsMore(isCrowded());
        if (begins) {
            cursor.setFetching(true);
        }
        return begins;
    }

    private boolean isCrowded() {
        return unreadBytes > bytesMax / 2;
    }

    private void fetchInBackground(Cursor cursor) {
        try {
            background.orElseThrow().execute(() -> fetch(cursor));
        } catch (RejectedExecutionException e) {
            endFetch(cursor, false); // Who needs it reads it.
        }
    }

    private void fetch(Cursor cursor) {
        boolean failed = true;
        try {
            boolean more = true;
            while (more) {
                cursor.loading.lock();
                try {
                    more = fetchNext(cursor);
                } finally {
                    cursor.loading.unlock();
                }
            }
            failed = false;
        } catch (IOException e) {
            // Whoever asks for the entry itself is told, and notes the damage.
            LOG.debug("Reading ahead in ledger {} has ended.", cursor.ledgerId(), e);
        } finally {
            endFetch(cursor, failed);
        }
    }

    /** Returns whether to go on. */
    private boolean fetchNext(Cursor cursor) throws IOException {
        long entryId;
        long askedEpoch;
        synchronized (this) {
            if (!cursor.wantsMore(isCrowded())) {
                return false;
            }
            entryId = cursor.nextEntryId();
            askedEpoch = epoch;
        }
        RunIndex index = present.get();
        Optional<IndexRow> row = index.locate(cursor.ledgerId(), entryId);
        if (row.isPresent() && isSmall(row.get().location()) && load(cursor, row.get(), askedEpoch, index)) {
            return true;
        }
        noteEnd(cursor, askedEpoch);
        return false;
    }

    private synchronized void noteEnd(Cursor cursor, long askedEpoch) {
        if (askedEpoch == epoch) {
            cursor.noteEnd();
        }
    }

    private synchronized void endFetch(Cursor cursor, boolean failed) {
        cursor.setFetching(false);
        if (failed) {
            cursor.noteEnd();
        }
    }

    private void evict(Cursor spared) {
        Iterator<Map.Entry<Long, List<Cursor>>> oldestFirst = cursors.entrySet().iterator();
        while ((bytes > bytesMax || cursors.size() > LEDGERS_MAX) && oldestFirst.hasNext()) {
            Map.Entry<Long, List<Cursor>> oldest = oldestFirst.next();
            if (oldest.getKey() == spared.ledgerId()) {
                continue;
            }
            oldest.getValue().forEach(this::forget);
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
