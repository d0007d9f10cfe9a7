package dev.daybook.server.garbage;

import java.util.List;
import java.util.OptionalLong;

/**
 * How winning back space goes, since the start.
 *
 * @param lastSuccessMillis when a pass over the metadata last came to its end, milliseconds since the epoch
 * @param problem why the last pass did not, one sentence; empty if it did
 * @param ledgersDeleted because they do not exist any more or belong elsewhere
 * @param directories one per ledger directory
 */
public record ReclamationStatus(
        OptionalLong lastSuccessMillis, String problem, long ledgersDeleted, List<Directory> directories) {
    public ReclamationStatus {
        directories = List.copyOf(directories);
    }

    /**
     * One ledger directory.
     *
     * @param bytesReclaimed length of the entry logs that were deleted
     * @param bytesCopied by compaction
     * @param compacting what runs now; empty if nothing does
     * @param minor whether the minor kind may run, or who holds it
     * @param major whether the major kind may run, or who holds it
     * @param damagedLogs entry logs that stay because something in them cannot be read
     * @param problem why the last pass over the directory failed, one sentence; empty if it did not
     */
    public record Directory(
            String path,
            long bytesReclaimed,
            long bytesCopied,
            String compacting,
            Hold minor,
            Hold major,
            int damagedLogs,
            String problem) {}

    /** Who holds a kind of compaction. */
    public enum Hold {
        NOBODY,
        DISK,
        OPERATOR
    }
}
