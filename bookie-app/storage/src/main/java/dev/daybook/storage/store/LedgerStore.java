package dev.daybook.storage.store;

import dev.daybook.engine.ledger.LedgerRow;
import dev.daybook.storage.LossConsent;
import dev.daybook.storage.StorageDamage;
import dev.daybook.storage.disk.Disk;
import dev.daybook.storage.disk.DiskFullException;
import dev.daybook.storage.entrylog.EntryLogWriter;
import dev.daybook.storage.entrylog.EntryLogs;
import dev.daybook.storage.entrylog.LogVisitor;
import dev.daybook.storage.index.BlockCache;
import dev.daybook.storage.index.IndexRow;
import dev.daybook.storage.index.Segment;
import dev.daybook.storage.index.SegmentRef;
import dev.daybook.storage.journal.JournalPosition;
import dev.daybook.storage.readahead.ReadAhead;
import dev.daybook.storage.table.LedgerTableFile;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Executor;
import java.util.function.LongConsumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One ledger directory. Thread-safe. Lookups wait for nothing; flushes exclude each other; the other jobs (merge,
 * rebuild, reclaim, relocate, drop) exclude each other, and flushes only for a moment.
 *
 * <p>A {@link DiskFullException} leaves everything as it was and the job may be tried again. After any other exception
 * of a flush the store refuses to be written to. After any exception of another job nothing has changed, unless it was
 * the checkpoint that could not be replaced; then, too, the store refuses to be written to.
 */
public final class LedgerStore implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(LedgerStore.class);

    private final Disk disk;
    private final StoreConfig config;
    private final StoreState state;
    private final BlockCache cache;
    private final EntryLogs logs;
    private final ReadAhead readAhead;
    private final Lookups lookups;
    private final DeadRows deadRows = new DeadRows();
    private final Upkeep upkeep;

    /** Of the entry log that flushes append to; used under the lock. */
    private Optional<EntryLogWriter> writer = Optional.empty();

    private volatile Optional<Integer> openLog = Optional.empty();

    private LedgerStore(Disk disk, StoreConfig config, StoreState state, BlockCache cache) {
        this.disk = disk;
        this.config = config;
        this.state = state;
        this.cache = cache;
        this.logs = new EntryLogs(disk);
        this.readAhead = new ReadAhead(logs, config.readAheadBytes(), state::view);
        this.lookups = new Lookups(disk.path(), state, readAhead);
        this.upkeep = new Upkeep(disk, config, state, cache, logs, deadRows);
    }

    /** Whether the directory has been made a ledger directory. */
    public static boolean exists(Disk disk) throws IOException {
        boolean has = disk.exists(CheckpointFile.NAME);
        if (!has && disk.list().stream().anyMatch(StoreFiles::isStoreFile)) {
            throw new StorageDamage("The file " + disk.path() + "/" + CheckpointFile.NAME
                    + " is missing although there are entries: restore it, or replace this bookie by a new one.");
        }
        return has;
    }

    /** Makes an empty ledger directory. */
    public static void create(Disk disk, int storeIndex, int storeCount, List<JournalPosition> marks)
            throws IOException {
        CheckpointFile.prepare(disk, Checkpoint.first(storeIndex, storeCount, marks));
        CheckpointFile.replace(disk);
    }

    /**
     * Opens a directory. If part of the index is damaged, it opens all the same and {@link #isRebuildNeeded} says so.
     *
     * @throws StorageDamage if anything else that the checkpoint names is missing or damaged
     */
    public static LedgerStore open(Disk disk, int storeIndex, int storeCount, StoreConfig config) throws IOException {
        Checkpoint checkpoint = CheckpointFile.read(disk)
                .orElseThrow(() -> new StorageDamage("The ledger directory " + disk.path()
                        + " is empty although the bookie's other directories are not: restore it, or replace this "
                        + "bookie by a new one."));
        if (checkpoint.storeIndex() != storeIndex || checkpoint.storeCount() != storeCount) {
            throw new StorageDamage("The ledger directory " + disk.path() + " is number " + checkpoint.storeIndex()
                    + " of " + checkpoint.storeCount() + ", but is configured as number " + storeIndex + " of "
                    + storeCount + ": restore the former list of ledger directories.");
        }
        // The process before may have died between replacing the checkpoint and syncing the directory. What follows
        // relies on this checkpoint: files that only the former one needs go, here and in the journals.
        disk.syncDirectory();
        StoreFiles.checkLogs(disk, checkpoint);
        long nextFileId = StoreFiles.deleteOrphans(disk, checkpoint);
        BlockCache cache = new BlockCache(config.indexCacheBytes());
        List<Segment> segments = new ArrayList<>();
        for (SegmentRef ref : checkpoint.segments()) {
            try {
                segments.add(Segment.open(disk, ref, cache));
            } catch (IOException e) {
                LOG.error("{}", e.getMessage());
            }
        }
        return new LedgerStore(
                disk, config, new StoreState(disk, new StoreView(checkpoint, segments), nextFileId), cache);
    }

    /** All ledgers and tombstones of the directory; to be called once, before the first flush. */
    public Collection<LedgerRow> readRows() throws IOException {
        Collection<LedgerRow> rows =
                Tables.readAll(disk, state.view().checkpoint().tables()).values();
        rows.forEach(deadRows::note);
        return rows;
    }

    /**
     * As {@link #readRows}, but does without tables that are damaged.
     *
     * @param consent asked before a table is given up
     */
    public Collection<LedgerRow> salvageRows(LossConsent consent) throws IOException {
        List<Long> tables = state.view().checkpoint().tables();
        List<Long> readable = new ArrayList<>();
        Collection<LedgerRow> rows =
                Tables.salvage(disk, tables, consent, readable::add).values();
        rows.forEach(deadRows::note);
        if (readable.size() < tables.size()) {
            state.lock().lock();
            try {
                state.replace(checkpoint -> checkpoint.withTables(readable));
            } finally {
                state.lock().unlock();
            }
        }
        return rows;
    }

    /** Number of the newest flush. */
    public long flush() {
        return state.view().checkpoint().flush();
    }

    /** Per journal, where a replay has to begin for the ledgers of this directory. */
    public List<JournalPosition> marks() {
        return state.view().checkpoint().marks();
    }

    /** No dead rows of tombstones up to this flush are left. */
    public long purgedFlush() {
        return upkeep.purgedFlush();
    }

    /**
     * The packaged entry, in a heap buffer that nobody changes; empty only if it is certainly not in this directory.
     *
     * @param visibleFromFlush rows of earlier flushes belong to a deleted life of the ledger
     * @throws IOException if that cannot be told, or the entry cannot be read
     */
    public Optional<ByteBuffer> find(long ledgerId, long entryId, long visibleFromFlush) throws IOException {
        return lookups.find(ledgerId, entryId, visibleFromFlush);
    }

    /**
     * The packaged entry if it was read ahead; never waits for the disk. Empty says nothing.
     *
     * @param visibleFromFlush as in {@link #find}
     */
    public Optional<ByteBuffer> findReady(long ledgerId, long entryId, long visibleFromFlush) {
        return readAhead.ready(ledgerId, entryId, visibleFromFlush);
    }

    /** Lets what sequential readers will ask for next be fetched by tasks of this executor, which may refuse some. */
    public void readAheadOn(Executor executor) {
        readAhead.fetchOn(executor);
    }

    /** Tells all entries of a ledger; ascending within one segment of the index, perhaps repeatedly. */
    public void forEachEntry(long ledgerId, long visibleFromFlush, LongConsumer visitor) throws IOException {
        lookups.forEachEntry(ledgerId, visibleFromFlush, visitor);
    }

    /** Makes the entries and rows durable and findable, and advances the marks. */
    public void flush(StoreFlush flush) throws IOException {
        flush(flush, () -> {});
    }

    /** @param pace called between pieces of work, some hundred kilobytes each; may block for a moment */
    public void flush(StoreFlush flush, Runnable pace) throws IOException {
        state.lock().lock();
        try {
            state.checkUsable();
            if (flush.flush() <= flush()) {
                throw new IllegalStateException("flush " + flush.flush() + " came after flush " + flush());
            }
            writeFlush(flush, pace);
        } finally {
            state.lock().unlock();
        }
    }

    private void writeFlush(StoreFlush flush, Runnable pace) throws IOException {
        Checkpoint base = state.view().checkpoint();
        Flushing flushing = new Flushing(disk, config, state, cache, flush, writer, pace);
        Checkpoint next;
        try {
            next = flushing.write();
            state.prepare(next);
        } catch (IOException | RuntimeException e) {
            writer = Optional.empty();
            if (!(e instanceof DiskFullException)) {
                state.fail();
            }
            flushing.abandon();
            throw e;
        }
        List<Segment> segments = new ArrayList<>(state.view().segments());
        flushing.segment().ifPresent(segments::add);
        state.complete(next, segments);
        readAhead.clear();
        writer = flushing.writer();
        openLog = writer.map(EntryLogWriter::logId);
        flush.rows().stream()
                .filter(row -> Math.floorMod(row.ledgerId(), next.storeCount()) == next.storeIndex())
                .forEach(deadRows::note);
        List<Long> replacedTables = new ArrayList<>(base.tables());
        replacedTables.removeAll(next.tables());
        replacedTables.forEach(tableId -> state.delete(LedgerTableFile.nameOf(tableId)));
    }

    /**
     * Whether the next flush should bring the rows of all ledgers: then the tables of former ones go, which costs less
     * than reading them.
     */
    public boolean wantsAllRows() {
        return state.view().checkpoint().tables().size() >= Flushing.TABLES_MAX;
    }

    /**
     * Keeps the number of segments small.
     *
     * @param pace told now and then how many rows were read; may block, and may end the job by an unchecked exception
     * @return whether there was anything to do; then there may be more
     */
    public boolean mergeSegments(LongConsumer pace) throws IOException {
        return upkeep.mergeSegments(pace);
    }

    /** Whether part of the index was found damaged. What it does not tell is unknown until {@link #rebuildIndex}. */
    public boolean isRebuildNeeded() {
        return state.isRebuildNeeded();
    }

    /** Somebody else found the index damaged. */
    public void requestRebuild(String why) {
        state.indexFailed(new IOException(why));
    }

    /**
     * Makes the index anew from the entry logs, while flushes and lookups go on.
     *
     * @param pace as in {@link #mergeSegments}
     */
    public Rebuilt rebuildIndex(LongConsumer pace) throws IOException {
        return upkeep.rebuild(pace);
    }

    /** Ledgers of which entries may be missing, so that nothing is denied of them. */
    public Set<Long> doubtedLedgers() {
        return state.view().checkpoint().doubts().keySet();
    }

    /**
     * From now on, what is not found of these ledgers and was stored until now is unknown. Durable.
     *
     * @see #trust
     */
    public void doubt(Set<Long> ledgerIds) throws IOException {
        upkeep.changeDoubts(ledgerIds, Set.of());
    }

    /** All entries of these ledgers have been brought back: what is not found is not there. Durable. */
    public void trust(Set<Long> ledgerIds) throws IOException {
        upkeep.changeDoubts(Set.of(), ledgerIds);
    }

    /** Deletes entry logs in which no index row of a living ledger lies. Rows of deleted ledgers are purged now and then. */
    public Reclaimed reclaim() throws IOException {
        return upkeep.reclaim(openLog);
    }

    /** The log to which flushes append at the moment. */
    public Optional<Integer> openLog() {
        return openLog;
    }

    /**
     * The row that counts now, in this life of the ledger; empty only if there certainly is none.
     *
     * @throws IOException if that cannot be told, also while the index waits to be rebuilt
     */
    public Optional<IndexRow> currentRow(long ledgerId, long entryId) throws IOException {
        return upkeep.currentRow(ledgerId, entryId);
    }

    /** Shows what is alive in which entry log, once per segment; an entry that was stored again counts twice. */
    public void forEachLiveShare(Segment.ShareVisitor visitor) throws IOException {
        upkeep.forEachLiveShare(visitor);
    }

    /** Shows everything in an entry log that the checkpoint names. See {@link EntryLogs#scan}. */
    public void scan(int logId, LogVisitor visitor) throws IOException {
        Long validBytes = state.view().logBytes().get(logId);
        if (validBytes == null) {
            throw new IllegalArgumentException("there is no entry log " + logId + " in " + disk.path());
        }
        logs.scan(logId, validBytes, visitor);
    }

    /** A new entry log for copies. It exists for nobody before {@link #relocate}. Ends with {@link #finishLog}. */
    public EntryLogWriter newLogWriter() throws IOException {
        return upkeep.newLogWriter();
    }

    /**
     * Syncs the copies and makes the index point to those of which the original still counts; what is stored meanwhile
     * counts rather than a copy. May be called several times for one log.
     *
     * @return how many entries were moved
     */
    public long relocate(EntryLogWriter log, List<Relocation> relocations) throws IOException {
        return upkeep.relocate(log, relocations);
    }

    /** Closes the log, and deletes it if nothing was relocated to it. */
    public void finishLog(EntryLogWriter log) {
        upkeep.finishLog(log);
    }

    /** Deletes logs, after a checkpoint that does not name them. No row that counts may lie in them. */
    public void dropLogs(Set<Integer> logIds) throws IOException {
        upkeep.dropLogs(logIds);
    }

    public StoreUsage usage() {
        Checkpoint now = state.view().checkpoint();
        return new StoreUsage(
                now.logs().stream()
                        .map(log ->
                                new StoreUsage.Log(log.logId(), log.bytes(), openLog.equals(Optional.of(log.logId()))))
                        .toList(),
                now.segments().stream().mapToLong(SegmentRef::rows).sum());
    }

    @Override
    public void close() throws IOException {
        state.lock().lock();
        try {
            if (writer.isPresent()) {
                writer.get().close();
            }
            for (Segment segment : state.view().segments()) {
                segment.close();
            }
            logs.close();
        } finally {
            state.lock().unlock();
        }
    }
}
