package dev.daybook.storage.store;

import dev.daybook.storage.index.SegmentRef;
import dev.daybook.storage.journal.JournalPosition;
import java.util.List;
import java.util.Map;

/**
 * What a ledger directory consists of at one moment. Replacing the checkpoint file is the one atomic step of a flush:
 * files that it does not name do not exist for anybody.
 *
 * @param storeIndex which of the bookie's ledger directories
 * @param flush newest flush that it contains
 * @param marks per journal, where a replay has to begin for the ledgers of this directory
 * @param nextFileId not used by any file yet
 * @param segments by ascending newest flush
 * @param tables ids of the ledger table files, oldest first
 * @param doubts ledger to flush: what that flush and older ones stored of the ledger may be missing from the index
 */
public record Checkpoint(
        int storeIndex,
        int storeCount,
        long flush,
        List<JournalPosition> marks,
        long nextFileId,
        List<LogRef> logs,
        List<SegmentRef> segments,
        List<Long> tables,
        Map<Long, Long> doubts) {
    /** @param bytes of the log that are valid; what a failed flush left behind them is not */
    public record LogRef(int logId, long bytes) {}

    public Checkpoint {
        marks = List.copyOf(marks);
        logs = List.copyOf(logs);
        segments = List.copyOf(segments);
        tables = List.copyOf(tables);
        doubts = Map.copyOf(doubts);
    }

    static Checkpoint first(int storeIndex, int storeCount, List<JournalPosition> marks) {
        return new Checkpoint(storeIndex, storeCount, 0, marks, 1, List.of(), List.of(), List.of(), Map.of());
    }

    Checkpoint withNextFileId(long newNextFileId) {
        return new Checkpoint(storeIndex, storeCount, flush, marks, newNextFileId, logs, segments, tables, doubts);
    }

    Checkpoint withSegments(List<SegmentRef> newSegments) {
        return new Checkpoint(storeIndex, storeCount, flush, marks, nextFileId, logs, newSegments, tables, doubts);
    }

    Checkpoint withTables(List<Long> newTables) {
        return new Checkpoint(storeIndex, storeCount, flush, marks, nextFileId, logs, segments, newTables, doubts);
    }

    Checkpoint withLogs(List<LogRef> newLogs) {
        return new Checkpoint(storeIndex, storeCount, flush, marks, nextFileId, newLogs, segments, tables, doubts);
    }

    Checkpoint withDoubts(Map<Long, Long> newDoubts) {
        return new Checkpoint(storeIndex, storeCount, flush, marks, nextFileId, logs, segments, tables, newDoubts);
    }
}
