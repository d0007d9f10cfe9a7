package dev.daybook.server.shard;

import dev.daybook.engine.journal.JournalRecord;
import dev.daybook.engine.ledger.Doubt;
import dev.daybook.engine.request.AddCommand;
import dev.daybook.engine.request.Append;
import dev.daybook.engine.request.BookieCore;
import dev.daybook.engine.request.ListResult;
import dev.daybook.engine.request.Listing;
import dev.daybook.engine.request.Lookup;
import dev.daybook.engine.request.LookupResult;
import dev.daybook.engine.request.Verdict;
import dev.daybook.metrics.BookieMetrics;
import dev.daybook.protocol.wire.BookieRequest;
import dev.daybook.protocol.wire.BookieResponse;
import dev.daybook.server.journal.AppendListener;
import dev.daybook.server.journal.GroupCommit;
import dev.daybook.server.journal.NextFiles;
import dev.daybook.storage.compaction.CompactionLimits;
import dev.daybook.storage.compaction.CompactionPace;
import dev.daybook.storage.compaction.LogCompaction;
import dev.daybook.storage.compaction.SealedLogs;
import dev.daybook.storage.disk.Disk;
import dev.daybook.storage.journal.Journal;
import dev.daybook.storage.journal.JournalConfig;
import dev.daybook.storage.journal.JournalPosition;
import dev.daybook.storage.memtable.EntryArena;
import dev.daybook.storage.memtable.EntryBytes;
import dev.daybook.storage.store.LedgerStore;
import dev.daybook.storage.store.StoreConfig;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.NavigableSet;
import java.util.Optional;
import java.util.Queue;
import java.util.Set;
import java.util.function.BiConsumer;
import java.util.function.Consumer;

/**
 * A bookie without threads for the simulator of the whole system: the same shards, journals, caches and ledger
 * directories, of which every hand-over from one loop to another is an event of somebody else's clock.
 */
public final class ScheduledBookie {
    private static final long BATCH_BYTES_MAX = 1 << 16;
    private static final int GROUP_BYTES_MAX = 2048;

    private final Schedule schedule;
    private final Witness witness;
    private final StorageSet storage;
    private final List<List<JournalPosition>> marksFound;

    /** On the heap, because thousands of bookies are thrown away. */
    private final EntryArena arena = EntryArena.of(1, 8192, 4096, ByteBuffer::allocate, () -> {});

    private final List<Shard> shards = new ArrayList<>();
    private final List<Queue<Runnable>> mailboxes = new ArrayList<>();
    private final List<GroupCommit> commits = new ArrayList<>();
    private Optional<FlushJob> flushing;
    private Optional<String> failure = Optional.empty();
    private boolean commitIsDue;

    /** When the loops of the bookie get to work. Every step comes back later, in the order of one kind. */
    public interface Schedule {
        /** The journals write and sync what they were given. */
        void journal(Runnable step);

        /** A shard looks into its mailbox. */
        void mailbox(Runnable step);

        /** A reader searches the disk. */
        void search(Runnable step);
    }

    /** Told of what the disk holds for certain, before anybody else is. */
    public interface Witness {
        void entrySynced(long ledgerId, long entryId, ByteBuffer body);
    }

    /** Numbers of folders and loops; files are small, so that every kind of them is made in a short life. */
    public record Sizes(int shards, int journalFileBytes, int entryLogBytes, int cacheBytesMax) {
        StorageSet.Config files() {
            return new StorageSet.Config(
                    new JournalConfig(journalFileBytes, 1, true), new StoreConfig(entryLogBytes, 2));
        }
    }

    private final Sizes sizes;

    private ScheduledBookie(Sizes sizes, StorageSet storage, Schedule schedule, Witness witness) {
        this.sizes = sizes;
        this.storage = storage;
        this.schedule = schedule;
        this.witness = witness;
        this.marksFound = marks();
        this.flushing = Optional.empty();
    }

    /** Starts, which is to recover. Nothing else may have the disks open. */
    public static ScheduledBookie start(
            List<Disk> journals, List<Disk> ledgers, Sizes sizes, Losses losses, Schedule schedule, Witness witness)
            throws IOException {
        StorageSet storage = StorageSet.openStores(journals, ledgers, sizes.files(), losses);
        ScheduledBookie bookie = new ScheduledBookie(sizes, storage, schedule, witness);
        bookie.recover(journals, losses);
        return bookie;
    }

    private void recover(List<Disk> journals, Losses losses) throws IOException {
        for (LedgerStore store : storage.stores()) {
            if (store.isRebuildNeeded()) {
                store.rebuildIndex(rows -> {});
            }
        }
        for (int i = 0; i < sizes.shards(); i++) {
            shards.add(new Shard(storage.nextFlush(), new EventPorts(i)));
            mailboxes.add(new ArrayDeque<>());
        }
        Recovery recovery = new Recovery(storage, shards, arena, sizes.cacheBytesMax());
        WatchedReplay replay = new WatchedReplay(recovery);
        storage.recover(journals, sizes.files().journal(), losses, replay);
        flushing = recovery.unfinished();
        for (Journal journal : storage.journals()) {
            NextFiles next = () -> Optional.of(journal.files().make(journal.nextGeneration(), () -> {}));
            commits.add(new GroupCommit(
                    journal, next, GROUP_BYTES_MAX, BookieMetrics.NONE, reason -> failure = Optional.of(reason)));
        }
        beginFlush();
        endFlush();
        replay.tell(witness);
    }

    /** Why the process must end; empty while it need not. */
    public Optional<String> failure() {
        return failure;
    }

    /** Takes over the request's buffers. */
    public void execute(BookieRequest request, Consumer<BookieResponse> reply) {
        RequestTicket ticket = Commands.ticketOf(request, BookieMetrics.NONE, reply);
        if (request instanceof BookieRequest.Add add) {
            add(add, ticket);
            return;
        }
        try {
            Commands.Command command = Commands.of(request, BATCH_BYTES_MAX);
            tell(command.ledgerId(), core -> command.call().accept(core, ticket));
        } finally {
            Commands.release(request);
        }
    }

    private void add(BookieRequest.Add add, RequestTicket ticket) {
        EntryBytes body = arena.tryTake(0, add.body().readableBytes());
        if (body == null) {
            throw new IllegalStateException("the arena of a simulated bookie is large enough");
        }
        add.body().getBytes(add.body().readerIndex(), body.view());
        add.body().release();
        AddCommand<EntryBytes> command = Commands.add(add, body);
        tell(command.ledgerId(), core -> core.onAdd(command, ticket));
    }

    /** What the garbage collector does when the metadata store says that the ledger is gone. */
    public void delete(long ledgerId, Consumer<Verdict> then) {
        ask(ledgerId, (core, ticket) -> core.onDelete(ledgerId, ticket), then);
    }

    /** What the garbage collector does when other bookies have the copies. */
    public void evict(long ledgerId, long sinceFlush, Consumer<Verdict> then) {
        ask(ledgerId, (core, ticket) -> core.onEvict(ledgerId, sinceFlush, ticket), then);
    }

    /** Number of the flush to come. */
    public long currentFlush() {
        return shards.stream()
                .mapToLong(shard -> shard.core().currentFlush())
                .min()
                .orElse(0);
    }

    /** What a start with lost data does for each ledger that was here. */
    public void putInLimbo(long ledgerId, byte[] masterKey, Consumer<Verdict> then) {
        ask(ledgerId, (core, ticket) -> core.onLimboBegin(ledgerId, masterKey, ticket), then);
    }

    /** Every ledger of which something may have been lost is in limbo now. */
    public void endDoubt() {
        shards.forEach(shard -> shard.core().setDoubt(Doubt.NONE));
    }

    private void ask(long ledgerId, BiConsumer<BookieCore<EntryBytes, Ticket>, Ticket> call, Consumer<Verdict> then) {
        tell(ledgerId, core -> call.accept(core, answer -> then.accept(answer.verdict())));
    }

    private void tell(long ledgerId, Consumer<BookieCore<EntryBytes, Ticket>> call) {
        Shard shard = shards.get(shardOf(ledgerId));
        shard.tell(call);
        shard.endBatch();
    }

    private int shardOf(long ledgerId) {
        return Math.floorMod(ledgerId, shards.size());
    }

    /** Tells the time, in milliseconds. */
    public void tick(long millis) {
        for (Shard shard : shards) {
            shard.tell(core -> core.onTick(millis));
            shard.endBatch();
        }
    }

    /** Writes and syncs what the journals were given. */
    private void commit() {
        commitIsDue = false;
        commits.forEach(GroupCommit::commit);
        commits.forEach(GroupCommit::rest);
    }

    private void post(int shard, Runnable message) {
        mailboxes.get(shard).add(message);
        schedule.mailbox(() -> read(shard));
    }

    private void read(int shard) {
        empty(mailboxes.get(shard));
        shards.get(shard).endBatch();
    }

    private static void empty(Queue<Runnable> mailbox) {
        for (Runnable next = mailbox.poll(); next != null; next = mailbox.poll()) {
            next.run();
        }
    }

    /** First half of a flush: what is in memory now belongs to it. Requests may come before the second half. */
    public void beginFlush() {
        if (flushing.isPresent()) {
            return;
        }
        // First the marks, then what they cover: the question waits behind what the journals have told.
        List<JournalPosition> marks =
                storage.journals().stream().map(Journal::syncedEnd).toList();
        for (int i = 0; i < shards.size(); i++) {
            read(i);
        }
        long flush = shards.get(0).core().currentFlush();
        long purgedFlush = storage.purgedFlush();
        List<Shard.Frozen> frozen =
                shards.stream().map(shard -> shard.freeze(purgedFlush)).toList();
        flushing = Optional.of(new FlushJob(flush, frozen, Optional.of(marks)));
    }

    /** Second half: makes it durable, and forgets what the journals need not keep. */
    public void endFlush() throws IOException {
        if (flushing.isEmpty()) {
            return;
        }
        flushing.get().run(storage.stores());
        flushing = Optional.empty();
        shards.forEach(shard -> shard.cache().release());
        for (int i = 0; i < storage.journals().size(); i++) {
            storage.journals().get(i).files().trim(storage.minimumMark(i));
        }
    }

    /** Merges index segments and removes entry logs that nobody needs. */
    public void tidy() throws IOException {
        for (LedgerStore store : storage.stores()) {
            store.mergeSegments(rows -> {});
            store.reclaim();
        }
    }

    /** Rewrites the finished entry logs. */
    public void compact() throws IOException {
        CompactionLimits limits = new CompactionLimits(3, 100_000, sizes.entryLogBytes());
        for (LedgerStore store : storage.stores()) {
            try (LogCompaction compaction = new LogCompaction(store, limits, CompactionPace.UNLIMITED)) {
                SealedLogs.of(store).stream().limit(2).forEach(log -> {
                    try {
                        compaction.compact(log.logId(), log.bytes());
                    } catch (IOException e) {
                        throw new UncheckedIOException(e);
                    }
                });
            }
        }
    }

    /** Per ledger directory and journal, what need not be replayed. */
    public List<List<JournalPosition>> marks() {
        return storage.stores().stream().map(LedgerStore::marks).toList();
    }

    /** What {@link #marks} were when this bookie started. */
    public List<List<JournalPosition>> marksFound() {
        return marksFound;
    }

    /** Ledgers of which nothing may be denied. */
    public Set<Long> limboLedgers() {
        Set<Long> ids = new HashSet<>();
        shards.forEach(shard -> ids.addAll(shard.core().limboLedgers()));
        return ids;
    }

    /** Ledgers that live here. */
    public Set<Long> livingLedgers() {
        Set<Long> ids = new HashSet<>();
        shards.forEach(shard -> ids.addAll(shard.core().livingLedgers()));
        return ids;
    }

    /** The loops around one shard. */
    private final class EventPorts implements Shard.Ports, AppendListener {
        private final int index;

        EventPorts(int index) {
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
            if (!commitIsDue) {
                commitIsDue = true;
                schedule.journal(ScheduledBookie.this::commit);
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
            schedule.search(() -> {
                LookupResult<EntryBytes> result = DiskReaders.search(storage, lookup);
                post(index, () -> shard().tell(core -> core.onLookup(lookup, result)));
            });
        }

        @Override
        public void list(Listing listing, NavigableSet<Long> cached) {
            schedule.search(() -> {
                ListResult result = DiskReaders.list(storage, listing, cached);
                post(index, () -> shard().tell(core -> core.onListed(listing, result)));
            });
        }

        @Override
        public void written(List<Append<EntryBytes>> appends) {
            // The shard may be quicker than the sync that follows, and so may be what it answers.
            // What it wants journaled waits until the group is done.
            post(index, () -> shard().written(appends));
            empty(mailboxes.get(index));
        }

        @Override
        public void synced(List<Append<EntryBytes>> appends) {
            for (Append<EntryBytes> append : appends) {
                if (append.journalRecord().orElse(null) instanceof JournalRecord.Entry<EntryBytes> entry) {
                    witness.entrySynced(
                            entry.ledgerId(), entry.entryId(), entry.payload().view());
                }
            }
            post(index, () -> shard().synced(appends));
        }

        @Override
        public void failed(List<Append<EntryBytes>> appends) {
            post(index, () -> shard().failed(appends));
        }
    }
}
