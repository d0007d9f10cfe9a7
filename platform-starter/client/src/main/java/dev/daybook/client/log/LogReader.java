package dev.daybook.client.log;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletionStage;

/**
 * Reads a log record by record, across its ledgers, without gaps and repeats, and waits at its end. Thread-safe, but one
 * poll at a time.
 */
public interface LogReader extends AutoCloseable {
    String log();

    /** The next record's position, or that of its ledger's next entry if none is there yet. */
    LogPosition position();

    /**
     * The next records in order, at least one if one is confirmed within the time, else none. Fails with
     * {@code POSITION_TRUNCATED} when the next record was given up meanwhile: {@link #seek} decides what then; and with
     * {@code NO_SUCH_LOG} when the log was deleted. After another failure the same records are read again.
     *
     * @param maxRecords at least 1
     */
    CompletionStage<List<LogRecord>> poll(int maxRecords, Duration wait);

    /** Goes on elsewhere. Not while a poll is under way. */
    CompletionStage<LogPosition> seek(LogStart start);

    /** Releases the reader; a poll under way fails with {@code CLIENT_CLOSED}. */
    @Override
    void close();
}
