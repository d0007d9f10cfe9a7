package dev.daybook.server.shard;

import dev.daybook.client.admin.BookieUsage;
import dev.daybook.engine.request.AddCommand;
import dev.daybook.engine.request.BookieCore;
import dev.daybook.engine.request.Verdict;
import dev.daybook.metrics.BookieMetrics;
import dev.daybook.metrics.RequestKind;
import dev.daybook.protocol.model.Status;
import dev.daybook.protocol.wire.BookieRequest;
import dev.daybook.protocol.wire.BookieResponse;
import dev.daybook.server.garbage.LedgerDirectory;
import dev.daybook.server.garbage.LocalLedgers;
import dev.daybook.server.journal.JournalLoop;
import dev.daybook.server.scrub.Scrubbed;
import dev.daybook.storage.journal.JournalConfig;
import dev.daybook.storage.memtable.EntryArena;
import dev.daybook.storage.memtable.EntryBytes;
import dev.daybook.storage.store.StoreConfig;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The bookie behind the network: executes requests, keeps entries. Life cycle: {@link #open} replays the journals and
 * may take long; {@link #start}; requests; {@link #close}. Thread-safe.
 */
public final class Bookie implements RequestHandler, AutoCloseable {
    private static final int USAGE_SECONDS_MAX = 2;
    private static final Logger LOG = LoggerFactory.getLogger(Bookie.class);

    /** Largest batch answer (wire protocol, section 5.4). */
    private static final long BATCH_BYTES_MAX = 5L << 20;

    private static final int MERGE_WIDTH = 4;
    private static final long MERGED_ROWS_PER_SECOND = 4_000_000;

    private final BookieDisks disks;
    private final StorageSet storage;
    private final BookieMetrics metrics;
    private final int entryBytesMax;
    private final EntryArena arena;
    private final AddGate gate;
    private final CacheGauge gauge;
    private final StorageEvents events = new StorageEvents(this::setReadOnly);
    private final List<ShardLoop> shards = new ArrayList<>();
    private final List<JournalLoop> journals = new ArrayList<>();
    private final List<Thread> threads = new ArrayList<>();
    private final DiskReaders readers;
    private final Flusher flusher;
    private final FlushLoop flushLoop;
    private final MaintenanceLoop maintenance;
    private final HeldLedgers held;
    private final LimboLedgers limbo;
    private volatile boolean readOnly;
    private volatile boolean closing;

    private Bookie(StorageConfig config, BookieMetrics metrics, BookieDisks disks, StorageSet storage, Losses losses)
            throws IOException {
        this.metrics = metrics;
        this.disks = disks;
        this.storage = storage;
        this.entryBytesMax = config.entryBytesMax();
        this.gauge = new CacheGauge(config.writeCacheBytesMax(), this::wakeFlush, this::onRoom);
        this.arena = EntryArena.direct(config.arena(), this::onRoom);
        this.gate = new AddGate(arena, gauge, this::enter, this::scheduleRetry);
        this.readers = new DiskReaders(storage, config.readThreads());
        List<Shard> cores = new ArrayList<>();
        for (int i = 0; i < config.shardCount(); i++) {
            cores.add(new Shard(storage.nextFlush(), new LoopPorts(i, shards, journals, readers)));
        }
        Optional<FlushJob> unfinished = new Recovery(storage, cores, arena, config.writeCacheBytesMax() / 2)
                .run(disks.journals(), journalConfig(config), losses);
        AtomicInteger blockedJournals = new AtomicInteger();
        for (int i = 0; i < storage.journals().size(); i++) {
            String directory = disks.journals().get(i).path();
            JournalSignals signals =
                    new JournalSignals(directory, events, this::wakeFlush, blockedJournals, this::setJournalBlocked);
            journals.add(new JournalLoop(
                    storage.journals().get(i),
                    config.journal().groupBytesMax(),
                    config.journal().filesBeforeFlush(),
                    metrics,
                    signals));
        }
        this.flusher = new Flusher(storage, shards, journals, gauge, metrics, events::fatal, unfinished);
        this.flushLoop = new FlushLoop(flusher, config.flushInterval().toMillis(), gauge, gate, events);
        // What was replayed may be enough for a flush.
        for (Shard core : cores) {
            shards.add(new ShardLoop(core, gauge, this::onShardDeath));
        }
        this.limbo = new LimboLedgers(shards, this::tell, storage);
        this.maintenance = new MaintenanceLoop(storage.stores(), MERGED_ROWS_PER_SECOND);
        this.held = new HeldLedgers(shards, flusher, gauge);
    }

    /**
     * Opens the storage, replays the journals and checkpoints. Creates what is missing only if nothing is there at all.
     *
     * @throws IOException with one sentence for a person, if the storage is damaged, incomplete, in use or unreadable
     */
    public static Bookie open(StorageConfig config, BookieMetrics metrics) throws IOException {
        return open(config, metrics, Losses.NONE);
    }

    /** @param losses what to go on without; until {@link LimboLedgers#endDoubt} nothing is denied of what they concern */
    public static Bookie open(StorageConfig config, BookieMetrics metrics, Losses losses) throws IOException {
        BookieDisks disks = BookieDisks.open(config);
        try {
            StorageSet storage = StorageSet.openStores(disks.journals(), disks.ledgers(), filesConfig(config), losses);
            Bookie bookie = new Bookie(config, metrics, disks, storage, losses);
            try {
                bookie.beginLoops();
            } catch (IOException | RuntimeException e) {
                bookie.close();
                throw e;
            }
            return bookie;
        } catch (IOException | RuntimeException e) {
            disks.close();
            throw e;
        }
    }

    static StorageSet.Config filesConfig(StorageConfig config) {
        return new StorageSet.Config(journalConfig(config), new StoreConfig(config.entryLogBytesMax(), MERGE_WIDTH));
    }

    private static JournalConfig journalConfig(StorageConfig config) {
        JournalSettings journal = config.journal();
        return new JournalConfig(journal.fileBytes(), journal.spareFilesMax(), journal.direct());
    }

    /** What was replayed is checkpointed before anything new is taken, so that a replay never grows. */
    private void beginLoops() throws IOException {
        for (int i = 0; i < shards.size(); i++) {
            begin("bookie-shard-" + i, shards.get(i));
        }
        for (int i = 0; i < journals.size(); i++) {
            begin("bookie-journal-" + i, journals.get(i));
            begin("bookie-journal-files-" + i, journals.get(i).keeper());
        }
        flushLoop.flushOnce();
    }

    private void begin(String name, Runnable loop) {
        Thread thread = new Thread(loop, name);
        threads.add(thread);
        thread.start();
    }

    /** Begins to flush in the background and to tell events. Requests may come from now on. */
    public void start(BookieEvents listener) {
        events.listen(listener);
        begin("bookie-flush", flushLoop);
        begin("bookie-maintenance", maintenance);
    }

    @Override
    public void execute(BookieRequest request, Consumer<BookieResponse> reply) {
        RequestTicket ticket = Commands.ticketOf(request, metrics, reply);
        if (request instanceof BookieRequest.Add add && isExecutable(add)) {
            gate.execute(add, ticket);
            return;
        }
        try {
            execute(request, ticket);
        } finally {
            Commands.release(request);
        }
    }

    private boolean isExecutable(BookieRequest.Add add) {
        return add.header().isSupportedVersion() && add.body().readableBytes() <= entryBytesMax;
    }

    private void enter(BookieRequest.Add add, EntryBytes body, RequestTicket ticket) {
        AddCommand<EntryBytes> command = Commands.add(add, body);
        if (!shardOf(command.ledgerId()).post(shard -> shard.add(command, ticket))) {
            body.release();
            ticket.refuse(Status.IO_ERROR);
        }
    }

    private void execute(BookieRequest request, RequestTicket ticket) {
        if (!request.header().isSupportedVersion()) {
            ticket.refuse(Status.BAD_VERSION);
        } else if (request instanceof BookieRequest.BookieInfo info) {
            ticket.respond(Answers.bookieInfo(info, ticket, disks));
        } else if (ticket.kind() == RequestKind.OTHER || request instanceof BookieRequest.Add) {
            ticket.refuse(Status.BAD_REQUEST);
        } else {
            Commands.Command command = Commands.of(request, BATCH_BYTES_MAX);
            boolean posted = !closing
                    && shardOf(command.ledgerId())
                            .post(shard -> shard.tell(core -> command.call().accept(core, ticket)));
            if (!posted) {
                ticket.refuse(Status.IO_ERROR);
            }
        }
    }

    private ShardLoop shardOf(long ledgerId) {
        return shards.get(Math.floorMod(ledgerId, shards.size()));
    }

    /** While read-only, adds and WRITE_LAC are refused; everything else works (bookie specification, section 4.3). */
    public void setReadOnly(boolean readOnly) {
        this.readOnly = readOnly;
        metrics.readOnly(readOnly);
        // A flush that cannot be makes no room: whoever waited for it would wait for ever, and recovery's reads with
        // it.
        gate.refuseInsteadOfWaiting(readOnly ? Optional.of(Status.READ_ONLY) : Optional.empty());
        shards.forEach(loop -> loop.post(shard -> shard.core().setReadOnly(readOnly)));
    }

    /** While a journal waits for space nothing more is sent to it. */
    private void setJournalBlocked(boolean blocked) {
        shards.forEach(loop -> loop.post(shard -> shard.core().setJournalBlocked(blocked)));
    }

    public boolean isReadOnly() {
        return readOnly;
    }

    /** Whether a read-only bookie still takes high-priority adds, the writes of ledger recovery. True at first. */
    public void setHighPriorityWrites(boolean accepted) {
        shards.forEach(loop -> loop.post(shard -> shard.core().setHighPriorityWrites(accepted)));
    }

    /** Told true when adds have to wait for memory, so that nothing more should be read, and false when none waits. */
    public void onPressure(Consumer<Boolean> listener) {
        gate.onPressure(listener);
    }

    /** Pieces of the arena that hold entries; none once the bookie is closed. */
    int chunksInUse() {
        return arena.chunksInUse();
    }

    /** Ids of the ledgers held here, ascending. Waits for the shards. */
    public long[] ledgerIds() {
        return held.ids();
    }

    /** The numbers of this moment; cheap enough for every few seconds. Waits for the shards. */
    public StorageUsage usage() {
        return numbers().take();
    }

    /** What lies in the folders; reads directories. */
    public StoredFiles files() throws IOException {
        return numbers().files();
    }

    private UsageNumbers numbers() {
        return new UsageNumbers(storage, disks, journals, gauge, this::livingLedgers);
    }

    /** Shards that are too busy or gone say nothing in time: then the number is not known, which is no reason to fail. */
    private long livingLedgers() {
        try {
            return shards.stream().map(loop -> loop.ask(shard -> shard.core().livingCount())).toList().stream()
                    .mapToLong(count ->
                            count.orTimeout(USAGE_SECONDS_MAX, TimeUnit.SECONDS).join())
                    .sum();
        } catch (CompletionException e) {
            return BookieUsage.UNKNOWN;
        }
    }

    /**
     * Moves everything acknowledged so far out of the journals, as the periodic flush does. Blocks.
     *
     * @throws dev.daybook.storage.disk.DiskFullException if there is no space; nothing is lost
     */
    public void flush() throws IOException {
        flusher.flush();
    }

    private void onRoom() {
        gate.onRoom();
    }

    /** On a shard's thread, because room is made where nothing may be called. */
    private void scheduleRetry() {
        shards.get(0).post(shard -> gate.retry());
        wakeFlush();
    }

    private void wakeFlush() {
        flushLoop.wakeUp();
    }

    /** What garbage collection works on. */
    public LocalLedgers localLedgers() {
        return held;
    }

    /** The ledger directories with their disks. */
    public List<LedgerDirectory> ledgerDirectories() {
        List<LedgerDirectory> directories = new ArrayList<>();
        for (int i = 0; i < storage.stores().size(); i++) {
            directories.add(
                    new LedgerDirectory(storage.stores().get(i), disks.ledgers().get(i)));
        }
        return directories;
    }

    /** How long a deleted ledger is remembered at least; a week unless told. */
    public void setTombstoneLife(Duration life) {
        shards.forEach(loop -> loop.post(shard -> shard.core().setTombstoneMillis(life.toMillis())));
    }

    /** What a scrub reads back. */
    public Scrubbed scrubbed() {
        return new ScrubView(storage, disks, journals, flusher);
    }

    /** What is known to be incomplete here. */
    public LimboLedgers limbo() {
        return limbo;
    }

    private CompletableFuture<Verdict> tell(long ledgerId, BiConsumer<BookieCore<EntryBytes, Ticket>, Ticket> call) {
        CompletableFuture<Verdict> told = new CompletableFuture<>();
        Ticket ticket = answer -> told.complete(answer.verdict());
        if (!shardOf(ledgerId).post(shard -> shard.tell(core -> call.accept(core, ticket)))) {
            told.complete(Verdict.IO_ERROR);
        }
        return told;
    }

    private void onShardDeath(Throwable cause) {
        LOG.error("A shard ended by a defect.", cause);
        events.fatal("The bookie met a defect in itself (" + cause + "): start it again and report this.");
    }

    /** Refuses further requests, lets those that have begun end, flushes, and releases the directories. */
    @Override
    public void close() {
        if (closing) {
            return;
        }
        closing = true;
        gate.refuseInsteadOfWaiting(Optional.of(Status.IO_ERROR));
        maintenance.close();
        new Shutdown(shards, journals, flushLoop, flusher, threads, events.hasFailed()).run();
        readers.close();
        arena.close();
        try {
            storage.close();
            disks.close();
        } catch (IOException e) {
            LOG.warn("Files could not be closed: {}", e.getMessage());
        }
    }
}
