package dev.daybook.client.log;

import dev.daybook.protocol.model.LedgerId;
import dev.daybook.protocol.model.LedgerPassword;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;

/**
 * The logs of a cluster. Thread-safe. Every stage may end exceptionally with a {@code LedgerException}; dependent stages
 * run on the client's callback executor.
 */
public interface NamedLogs {
    /** Creates an empty log; fails with {@code LOG_EXISTS} if there is one. Names are those of {@code RecordKey}. */
    CompletionStage<LogDescription> create(String log);

    /** Fails with {@code NO_SUCH_LOG} if there is none. */
    CompletionStage<LogDescription> describe(String log);

    /** Names that begin with the prefix and come after {@code after}, at most {@code limit}; none is the end. */
    CompletionStage<List<String>> list(String prefix, Optional<String> after, int limit);

    /**
     * Makes this process the writer: deposes any other by fencing, recovers what it left behind and begins a new ledger.
     * Whatever another writer's application was told to be appended is in the log before the stage completes.
     */
    CompletionStage<LogWriter> openWriter(String log, LogWriterConfig config);

    /** Opens a reader; it disturbs nobody. */
    CompletionStage<LogReader> openReader(String log, LogStart start, LedgerPassword password);

    /** As {@link #openReader(String, LogStart, LedgerPassword)} for ledgers without a password. */
    default CompletionStage<LogReader> openReader(String log, LogStart start) {
        return openReader(log, start, LedgerPassword.EMPTY);
    }

    /**
     * Gives up every record before the position and deletes the ledgers that hold nothing else. What a crash leaves
     * undone, the next truncation or writer does.
     *
     * @param before must not lie beyond the confirmed end of the log
     * @return where the log begins now
     */
    CompletionStage<LogPosition> truncate(String log, LogPosition before, LedgerPassword password);

    /** Deposes the writer and deletes the log with its ledgers. A missing one counts as deleted. */
    CompletionStage<Void> delete(String log, LedgerPassword password);

    /**
     * Ledgers that say of themselves to belong to a log which does not know them. Only a writer that was deposed and
     * killed within the same roll leaves one. Reads the metadata of every ledger of the cluster.
     */
    CompletionStage<List<LedgerId>> orphans();
}
