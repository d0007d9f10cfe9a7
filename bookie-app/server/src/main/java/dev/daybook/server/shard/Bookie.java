package dev.daybook.server.shard;

import dev.daybook.client.admin.BookieUsage;
import dev.daybook.metrics.BookieMetrics;
import dev.daybook.protocol.wire.BookieRequest;
import dev.daybook.protocol.wire.BookieResponse;
import dev.daybook.protocol.wire.Status;
import java.io.IOException;
import java.util.List;
import java.util.function.Consumer;

/**
 * The bookie behind the network: executes requests, keeps entries. Life cycle: {@link #open} replays the journals and
 * may take long; {@link #start}; requests; {@link #close}. Thread-safe.
 */
public final class Bookie implements RequestHandler, AutoCloseable {
    private final StorageConfig config;
    private final BytesInFlight bytesInFlight;
    private volatile boolean readOnly;

    private Bookie(StorageConfig config) {
        this.config = config;
        this.bytesInFlight = new BytesInFlight(config.bytesInFlightMax());
    }

    /**
     * Opens the storage, replays the journals and checkpoints. Creates what is missing only if nothing is there at all.
     *
     * @throws IOException with one sentence for a person, if the storage is damaged, incomplete, in use or unreadable
     */
    public static Bookie open(StorageConfig config, BookieMetrics metrics) throws IOException {
        return new Bookie(config);
    }

    /** Begins to execute requests. */
    public void start(BookieEvents events) {}

    @Override
    public void execute(BookieRequest request, Consumer<BookieResponse> reply) {
        reply.accept(new BookieResponse.Bare(request.header().forAnswer(), Status.IO_ERROR));
    }

    /** While read-only, adds and WRITE_LAC are refused; everything else works (bookie specification, section 4.3). */
    public void setReadOnly(boolean readOnly) {
        this.readOnly = readOnly;
    }

    public boolean isReadOnly() {
        return readOnly;
    }

    /** Whether a read-only bookie still takes high-priority adds, the writes of ledger recovery. True at first. */
    public void setHighPriorityWrites(boolean accepted) {}

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
                new BookieUsage.WriteCache(0, config.writeCacheBytesMax()),
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
    public void close() {}
}
