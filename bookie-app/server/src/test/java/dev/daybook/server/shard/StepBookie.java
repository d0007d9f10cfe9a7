package dev.daybook.server.shard;

import dev.daybook.engine.compaction.LogLoad;
import dev.daybook.engine.request.AddCommand;
import dev.daybook.engine.request.Answer;
import dev.daybook.engine.request.Append;
import dev.daybook.engine.request.Listing;
import dev.daybook.engine.request.Lookup;
import dev.daybook.engine.request.ReadCommand;
import dev.daybook.engine.request.Verdict;
import dev.daybook.metrics.BookieMetrics;
import dev.daybook.server.journal.AppendListener;
import dev.daybook.server.journal.GroupCommit;
import dev.daybook.server.journal.NextFiles;
import dev.daybook.storage.compaction.CompactionLimits;
import dev.daybook.storage.compaction.CompactionPace;
import dev.daybook.storage.compaction.LogCompaction;
import dev.daybook.storage.compaction.SealedLogs;
import dev.daybook.storage.disk.Disk;
import dev.daybook.storage.disk.DiskFullException;
import dev.daybook.storage.journal.Journal;
import dev.daybook.storage.journal.JournalConfig;
import dev.daybook.storage.journal.JournalPosition;
import dev.daybook.storage.memtable.EntryArena;
import dev.daybook.storage.memtable.EntryBytes;
import dev.daybook.storage.store.LedgerStore;
import dev.daybook.storage.store.StoreConfig;
import dev.daybook.storage.store.StoreUsage;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.NavigableSet;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/**
 * A bookie without threads: the same shards, journals and ledger directories, driven step by step on simulated disks.
 * Nothing is durable before {@link #commit}, which does what the journals' threads do.
 */
final class StepBookie {
    static final byte[] KEY = "twenty bytes as key!".getBytes(StandardCharsets.US_ASCII);

    private static final int SHARDS = 2;
    private static final StorageSet.Config SMALL_FILES =
            new StorageSet.Config(new JournalConfig(16384, 1, true), new StoreConfig(2000, 2));

    private final StorageSet storage;
    private final List<List<JournalPosition>> marksFound;

    /** On the heap, because thousands of bookies are thrown away. */
    private final EntryArena arena = EntryArena.of(1, 8192, 1024, ByteBuffer::allocate, () -> {});

    private final List<Shard> shards = new ArrayList<>();
    private final List<GroupCommit> commits = new ArrayList<>();

    final List<String> fatal = new ArrayList<>();

    /** For which there was no space yet. */
    private Optional<FlushJob> unfinished;

    private StepBookie(List<Disk> journalDisks, List<Disk> ledgerDisks, int cacheBytesMax) throws IOException {
        storage = StorageSet.openStores(journalDisks, ledgerDisks, SMALL_FILES);
        marksFound = marks();
        for (LedgerStore store : storage.stores()) {
            store.readAheadOn(Runnable::run);
            if (store.isRebuildNeeded()) {
                store.rebuildIndex(rows -> {});
            }
        }
        for (int i = 0; i < SHARDS; i++) {
            shards.add(new Shard(storage.nextFlush(), new StepPorts(i)));
        }
        unfinished = new Recovery(storage, shards, arena, cacheBytesMax).run(journalDisks, SMALL_FILES.journal());
        for (Journal journal : storage.journals()) {
            NextFiles next = () -> Optional.of(journal.files().make(journal.nextGeneration(), () -> {}));
            commits.add(new GroupCommit(journal, next, 2048, BookieMetrics.NONE, fatal::add));
        }
        try {
            flush();
        } catch (DiskFullException e) {
            // It serves reads; the flush is tried again.
        }
    }

    /** Starts, which is to recover. */
    static StepBookie start(Machine machine, int cacheBytesMax) throws IOException {
        return start(machine.journalDisks(), machine.ledgerDisks(), cacheBytesMax);
    }

    static StepBookie start(List<Disk> journalDisks, List<Disk> ledgerDisks, int cacheBytesMax) throws IOException {
        return new StepBookie(journalDisks, ledgerDisks, cacheBytesMax);
    }

    static byte[] body(long ledgerId, long entryId, int size, int salt) {
        ByteBuffer body = ByteBuffer.allocate(32 + size);
        body.putLong(ledgerId).putLong(entryId).putLong(entryId - 1).putLong(size);
        for (int i = 0; i < size; i++) {
            body.put((byte) (ledgerId * 31 + entryId * 7 + i + salt));
        }
        return body.array();
    }

    void add(long ledgerId, long entryId, byte[] body, boolean recovery, boolean deferred, Ticket ticket) {
        addWithKey(ledgerId, entryId, KEY, body, recovery, deferred, ticket);
    }

    void addWithKey(
            long ledgerId, long entryId, byte[] key, byte[] body, boolean recovery, boolean deferred, Ticket ticket) {
        EntryBytes bytes = Objects.requireNonNull(arena.tryTake(0, body.length));
        bytes.view().put(body);
        AddCommand<EntryBytes> add =
                new AddCommand<>(ledgerId, entryId, entryId - 1, key, bytes, true, recovery, deferred, false);
        shardOf(ledgerId).tell(core -> core.onAdd(add, ticket));
    }

    void read(long ledgerId, long entryId, boolean fence, Ticket ticket) {
        Optional<byte[]> key = fence ? Optional.of(KEY) : Optional.empty();
        ReadCommand read = new ReadCommand(ledgerId, entryId, fence, key, Optional.empty(), fence);
        shardOf(ledgerId).tell(core -> core.onRead(read, ticket));
    }

    void writeLac(long ledgerId, long lac, byte[] bytes, Ticket ticket) {
        shardOf(ledgerId).tell(core -> core.onWriteLac(ledgerId, lac, KEY, bytes, true, ticket));
    }

    void readLac(long ledgerId, Ticket ticket) {
        shardOf(ledgerId).tell(core -> core.onReadLac(ledgerId, ticket));
    }

    void list(long ledgerId, Ticket ticket) {
        shardOf(ledgerId).tell(core -> core.onEntryList(ledgerId, ticket));
    }

    void force(long ledgerId, Ticket ticket) {
        shardOf(ledgerId).tell(core -> core.onForce(ledgerId, ticket));
    }

    void delete(long ledgerId, Ticket ticket) {
        shardOf(ledgerId).tell(core -> core.onDelete(ledgerId, ticket));
    }

    void limbo(long ledgerId, boolean in, Ticket ticket) {
        shardOf(ledgerId).tell(core -> {
            if (in) {
                core.onLimboBegin(ledgerId, new byte[0], ticket);
            } else {
                core.onLimboEnd(ledgerId, ticket);
            }
        });
    }

    /** What a read was answered. */
    record Said(Verdict verdict, Optional<byte[]> payload) {}

    static Ticket ticket(Told told) {
        return answer -> told.told(
                answer.verdict(), answer instanceof Answer.Entry<EntryBytes> e ? payloadOf(e) : Optional.empty());
    }

    private static Optional<byte[]> payloadOf(Answer.Entry<EntryBytes> answer) {
        return answer.payload().map(StepBookie::bytesOf);
    }

    Said readNow(long ledgerId, long entryId) {
        Answer.Entry<EntryBytes> answer = entryNow(ledgerId, entryId);
        return new Said(answer.verdict(), payloadOf(answer));
    }

    private Answer.Entry<EntryBytes> entryNow(long ledgerId, long entryId) {
        return (Answer.Entry<EntryBytes>) answerNow(ticket -> read(ledgerId, entryId, false, ticket));
    }

    /** The known LAC that comes with the last entry. */
    long lastLacNow(long ledgerId) {
        return entryNow(ledgerId, -1).maxLac().orElseThrow();
    }

    Optional<byte[]> explicitLacNow(long ledgerId) {
        return ((Answer.Lac<EntryBytes>) answerNow(ticket -> readLac(ledgerId, ticket))).explicitLac();
    }

    Optional<long[]> listNow(long ledgerId) {
        return ((Answer.EntryList<EntryBytes>) answerNow(ticket -> list(ledgerId, ticket))).entryIds();
    }

    /** What an add is answered at once; empty if it waits for a commit. */
    Optional<Verdict> addNow(long ledgerId, long entryId, byte[] key, byte[] body, boolean recovery) {
        List<Verdict> verdicts = new ArrayList<>();
        addWithKey(ledgerId, entryId, key, body, recovery, false, answer -> verdicts.add(answer.verdict()));
        return verdicts.stream().findFirst();
    }

    /** The answer to a question that needs no commit. */
    private static Answer<EntryBytes> answerNow(Consumer<Ticket> question) {
        List<Answer<EntryBytes>> answers = new ArrayList<>();
        question.accept(answers::add);
        return answers.get(0);
    }

    /** Writes and syncs what the journals have been given. */
    void commit() {
        shards.forEach(Shard::endBatch);
        commits.forEach(GroupCommit::commit);
        commits.forEach(GroupCommit::rest);
    }

    /** A whole flush with everything that follows it. */
    void flush() throws IOException {
        commit();
        if (unfinished.isPresent()) {
            finish(unfinished.get());
        }
        List<JournalPosition> marks =
                storage.journals().stream().map(Journal::syncedEnd).toList();
        long flush = shards.get(0).core().currentFlush();
        long purgedFlush = storage.purgedFlush();
        boolean allRows = storage.wantsAllRows();
        if (allRows) {
            shards.forEach(shard -> shard.core().touchAll());
        }
        List<Shard.Frozen> frozen =
                shards.stream().map(shard -> shard.freeze(purgedFlush)).toList();
        FlushJob job = new FlushJob(flush, frozen, allRows, Optional.of(marks));
        unfinished = Optional.of(job);
        finish(job);
    }

    /** A flush that need not keep any tombstone of today. */
    void flushMuchLater() throws IOException {
        shards.forEach(shard -> shard.core().setTombstoneMillis(-1));
        flush();
        shards.forEach(shard -> shard.core().setTombstoneMillis(TimeUnit.DAYS.toMillis(7)));
    }

    private void finish(FlushJob job) throws IOException {
        job.run(storage.stores());
        unfinished = Optional.empty();
        shards.forEach(shard -> shard.cache().release());
        for (int i = 0; i < storage.journals().size(); i++) {
            storage.journals().get(i).files().trim(storage.minimumMark(i));
        }
        for (LedgerStore store : storage.stores()) {
            store.mergeSegments(rows -> {});
        }
    }

    void reclaim() throws IOException {
        for (LedgerStore store : storage.stores()) {
            store.reclaim();
        }
    }

    /**
     * Rewrites the finished entry logs with the fewest living entries.
     *
     * @param logs of each directory at most
     * @param chunkEntries copies that are published at once
     */
    void compact(int logs, int chunkEntries) throws IOException {
        compact(logs, chunkEntries, CompactionPace.UNLIMITED);
    }

    /** @param pace asked before every copy; may do things to this bookie */
    void compact(int logs, int chunkEntries, CompactionPace pace) throws IOException {
        CompactionLimits limits =
                new CompactionLimits(chunkEntries, 100_000, SMALL_FILES.store().entryLogBytesMax());
        for (LedgerStore store : storage.stores()) {
            List<LogLoad> sealed = new ArrayList<>(SealedLogs.of(store));
            sealed.sort(Comparator.comparingDouble(LogLoad::liveShare));
            try (LogCompaction compaction = new LogCompaction(store, limits, pace)) {
                for (LogLoad log : sealed.subList(0, Math.min(logs, sealed.size()))) {
                    compaction.compact(log.logId(), log.bytes());
                }
            }
        }
    }

    /** Makes the index of one directory anew. */
    void rebuild(int directory) throws IOException {
        storage.stores().get(directory % storage.stores().size()).rebuildIndex(rows -> {});
    }

    /** Per ledger directory and journal, what need not be replayed. */
    List<List<JournalPosition>> marks() {
        return storage.stores().stream().map(LedgerStore::marks).toList();
    }

    /** What {@link #marks} were when this bookie started. */
    List<List<JournalPosition>> marksFound() {
        return marksFound;
    }

    /** Length of all entry logs. */
    long entryLogBytes() {
        return storage.stores().stream()
                .flatMap(store -> store.usage().logs().stream())
                .mapToLong(StoreUsage.Log::bytes)
                .sum();
    }

    static byte[] bytesOf(EntryBytes body) {
        byte[] bytes = new byte[body.length()];
        body.view().get(bytes);
        return bytes;
    }

    /** Pieces of memory that still hold entries after everything has been flushed, or was refused. */
    int leakedChunks() throws IOException {
        flush();
        shards.forEach(shard -> shard.cache().clear());
        arena.close();
        return arena.chunksInUse();
    }

    private Shard shardOf(long ledgerId) {
        return shards.get(Math.floorMod(ledgerId, shards.size()));
    }

    private final class StepPorts implements Shard.Ports, AppendListener {
        private final int index;

        StepPorts(int index) {
            this.index = index;
        }

        private Shard shard() {
            return shards.get(index);
        }

        @Override
        public void journal(List<Append<EntryBytes>> appends) {
            for (Append<EntryBytes> append : appends) {
                int journal = Math.floorMod(append.ledgerId(), commits.size());
                commits.get(journal).collect(List.of(append), this);
            }
        }

        @Override
        public Optional<EntryBytes> findReady(Lookup<EntryBytes> lookup) {
            return storage.storeOf(lookup.ledgerId())
                    .findReady(lookup.ledgerId(), lookup.entryId(), lookup.visibleFromFlush())
                    .map(EntryBytes::ofHeap);
        }

        @Override
        public void find(Lookup<EntryBytes> lookup) {
            shard().tell(core -> core.onLookup(lookup, DiskReaders.search(storage, lookup)));
        }

        @Override
        public void list(Listing listing, NavigableSet<Long> cached) {
            shard().tell(core -> core.onListed(listing, DiskReaders.list(storage, listing, cached)));
        }

        @Override
        public void written(List<Append<EntryBytes>> appends) {
            appends.forEach(append -> shard().tell(core -> core.onWritten(append)));
        }

        @Override
        public void synced(List<Append<EntryBytes>> appends) {
            appends.forEach(append -> shard().tell(core -> core.onSynced(append)));
        }

        @Override
        public void failed(List<Append<EntryBytes>> appends) {
            appends.forEach(append -> shard().tell(core -> core.onAppendFailed(append)));
        }
    }
}
