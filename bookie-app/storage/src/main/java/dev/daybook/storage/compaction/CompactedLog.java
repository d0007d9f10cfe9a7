package dev.daybook.storage.compaction;

/**
 * What became of an entry log.
 *
 * @param entries moved to another log
 * @param bytes of the moved entries
 * @param freedBytes length of the log if it was deleted, else 0
 * @param damaged records or ranges that cannot be read; then the log stays, because what is damaged here may be wanted
 */
public record CompactedLog(End end, long entries, long bytes, long freedBytes, long damaged) {
    /** How it ended. */
    public enum End {
        /** The log has been deleted. */
        DROPPED,
        /** The log stays, with what cannot be read; everything else has been moved. */
        DAMAGED,
        /** Stopped before the end; what has been moved has been moved. */
        STOPPED
    }
}
