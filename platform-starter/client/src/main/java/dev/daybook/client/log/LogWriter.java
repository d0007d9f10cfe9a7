package dev.daybook.client.log;

import java.util.concurrent.CompletionStage;

/**
 * The one writer of a log. Thread-safe. It begins new ledgers by itself, and goes on in a new one when the bookies of the
 * present one fail: what an ack quorum had is found there and acknowledged, the rest is written again, nothing twice.
 *
 * <p>When another writer takes over, or the cluster cannot be written to, the writer ends: every append under way and every
 * later one fails with the same reason. {@code WRITER_DEPOSED} means another writer; what failed with it may or may not be
 * in the log, and is acknowledged to nobody.
 */
public interface LogWriter extends AutoCloseable {
    String log();

    /** Counts the writers of the log; a larger one deposes a smaller one. */
    long epoch();

    /**
     * Appends a record; the stage completes when it is acknowledged, and every record before it. The payload is copied
     * before the call returns. May block the caller while {@code maxPendingBytes} are under way; on a callback thread of
     * the client it never waits, but fails with {@code TOO_MANY_REQUESTS}.
     */
    CompletionStage<LogPosition> append(byte[] payload);

    /** Begins the next ledger now; completes when it takes records. Does nothing while the present one is empty. */
    CompletionStage<Void> roll();

    /** Ends the writer after what was appended before, and closes its ledger. Later calls share the first outcome. */
    CompletionStage<Void> closeLog();

    /** As {@link #closeLog()}, waiting for the outcome, unless it is called on a callback thread. */
    @Override
    void close();
}
