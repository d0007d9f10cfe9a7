package dev.daybook.server.shard;

import dev.daybook.client.admin.BookieUsage;
import dev.daybook.engine.request.Answer;
import dev.daybook.engine.request.Append;
import dev.daybook.engine.request.ListResult;
import dev.daybook.engine.request.Listing;
import dev.daybook.engine.request.Lookup;
import dev.daybook.engine.request.LookupResult;
import dev.daybook.metrics.BookieMetrics;
import dev.daybook.metrics.RequestKind;
import dev.daybook.metrics.RequestStatus;
import dev.daybook.protocol.wire.BookieRequest;
import dev.daybook.protocol.wire.BookieResponse;
import dev.daybook.protocol.wire.FrameHeader;
import dev.daybook.protocol.wire.Generation;
import dev.daybook.protocol.wire.Status;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.NavigableSet;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;

/**
 * The bookie behind the network: executes requests, keeps entries. Life cycle: {@link #open} replays the journals and
 * may take long; {@link #start}; requests; {@link #close}. Thread-safe.
 */
public final class Bookie implements RequestHandler, AutoCloseable {
    private static final long BATCH_BYTES_MAX = 5L << 20;

    private final StorageConfig config;
    private final BookieMetrics metrics;
    private final BytesInFlight bytesInFlight;
    private final List<ShardLoop> loops = new ArrayList<>();
    private final List<Thread> threads = new ArrayList<>();
    private final AtomicLong cacheBytes = new AtomicLong();
    private volatile boolean readOnly;

    private Bookie(StorageConfig config, BookieMetrics metrics) {
        this.config = config;
        this.metrics = metrics;
        this.bytesInFlight = new BytesInFlight(config.bytesInFlightMax());
        for (int i = 0; i < config.shardCount(); i++) {
            int index = i;
            Shard shard = new Shard(0, new MemoryPorts(index));
            ShardLoop loop = new ShardLoop(shard, cacheBytes, config.writeCacheBytesMax(), e -> {});
            loops.add(loop);
            threads.add(new Thread(loop, "bookie-shard-" + i));
        }
    }

    /**
     * Opens the storage, replays the journals and checkpoints. Creates what is missing only if nothing is there at all.
     *
     * @throws IOException with one sentence for a person, if the storage is damaged, incomplete, in use or unreadable
     */
    public static Bookie open(StorageConfig config, BookieMetrics metrics) throws IOException {
        return new Bookie(config, metrics);
    }

    /** Begins to execute requests. */
    public void start(BookieEvents events) {
        threads.forEach(Thread::start);
    }

    @Override
    public void execute(BookieRequest request, Consumer<BookieResponse> reply) {
        long entryBytes = Commands.entryBytesOf(request);
        Ticket ticket = Commands.ticketOf(request, entryBytes, System.nanoTime(), reply);
        bytesInFlight.add(entryBytes);
        metrics.bytesInFlightChanged(entryBytes);
        try {
            if (!hasKnownVersion(request.header())) {
                answer(ticket, Answers.refusal(ticket, Status.BAD_VERSION));
            } else if (request instanceof BookieRequest.BookieInfo || ticket.kind() == RequestKind.OTHER) {
                answer(ticket, Answers.refusal(ticket, Status.BAD_REQUEST));
            } else {
                Commands.Command command = Commands.of(request, BATCH_BYTES_MAX);
                loopOf(command.ledgerId())
                        .post(shard -> shard.tell(core -> command.call().accept(core, ticket)));
            }
        } finally {
            Commands.release(request);
        }
    }

    private static boolean hasKnownVersion(FrameHeader header) {
        return header.generation() == Generation.V3
                ? header.version() == 3
                : header.version() >= 0 && header.version() <= 2;
    }

    private ShardLoop loopOf(long ledgerId) {
        return loops.get(Math.floorMod(ledgerId, loops.size()));
    }

    private void answer(Ticket ticket, BookieResponse response) {
        bytesInFlight.add(-ticket.entryBytes());
        metrics.bytesInFlightChanged(-ticket.entryBytes());
        metrics.requestCompleted(
                ticket.kind(),
                RequestStatus.valueOf(response.status().name()),
                System.nanoTime() - ticket.startNanos(),
                ticket.entryBytes());
        ticket.reply().accept(response);
    }

    /** While read-only, adds and WRITE_LAC are refused; everything else works (bookie specification, section 4.3). */
    public void setReadOnly(boolean readOnly) {
        this.readOnly = readOnly;
        loops.forEach(loop -> loop.post(shard -> shard.core().setReadOnly(readOnly)));
    }

    public boolean isReadOnly() {
        return readOnly;
    }

    /** Whether a read-only bookie still takes high-priority adds, the writes of ledger recovery. True at first. */
    public void setHighPriorityWrites(boolean accepted) {
        loops.forEach(loop -> loop.post(shard -> shard.core().setHighPriorityWrites(accepted)));
    }

    /** What the network side watches in order to stop reading. */
    public BytesInFlight bytesInFlight() {
        return bytesInFlight;
    }

    /** Ids of the ledgers held here, ascending. */
    public long[] ledgerIds() {
        return new long[0];
    }

    /** The numbers of this moment; cheap enough for every few seconds. */
    public StorageUsage usage() {
        return new StorageUsage(
                List.of(),
                new BookieUsage.EntryLogs(0, 0, List.of()),
                new BookieUsage.WriteCache(cacheBytes.get(), config.writeCacheBytesMax()),
                0,
                0);
    }

    /** Moves everything acknowledged so far out of the journals, as the periodic flush does. */
    public void flush() throws IOException {}

    /**
     * One pass of garbage collection. Drops ledgers that were here before the listing began, are not listed and, asked
     * for one by one, are gone; then deletes entry logs without a live entry. Blocks.
     *
     * @throws IOException if the listing is not complete; then nothing was dropped
     */
    public CollectionReport collect(LedgersInMetadata metadata) throws IOException {
        return new CollectionReport(0, 0, 0, 0, 0);
    }

    /** Refuses further requests, flushes, and marks the journals as done. */
    @Override
    public void close() {
        loops.forEach(ShardLoop::close);
    }

    /** Keeps everything in memory only. */
    private final class MemoryPorts implements Shard.Ports {
        private final int index;

        MemoryPorts(int index) {
            this.index = index;
        }

        @Override
        public void journal(List<Append<byte[]>> appends) {
            loops.get(index)
                    .post(shard -> appends.forEach(append -> shard.tell(core -> {
                        core.onWritten(append);
                        core.onSynced(append);
                    })));
        }

        @Override
        public void find(Lookup<byte[]> lookup) {
            loops.get(index).post(shard -> shard.tell(core -> core.onLookup(lookup, new LookupResult.Absent<>())));
        }

        @Override
        public void list(Listing listing, NavigableSet<Long> cached) {
            long[] ids = cached.stream().mapToLong(Long::longValue).toArray();
            loops.get(index).post(shard -> shard.tell(core -> core.onListed(listing, new ListResult.Listed(ids))));
        }

        @Override
        public void reply(Ticket ticket, Answer<byte[]> answer) {
            Bookie.this.answer(ticket, Answers.response(ticket, answer));
        }
    }
}
