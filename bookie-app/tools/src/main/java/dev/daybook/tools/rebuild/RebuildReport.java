package dev.daybook.tools.rebuild;

import java.util.List;

/**
 * What a rebuild found, or, of a dry run, would find.
 *
 * @param directories in the bookie's order
 */
public record RebuildReport(boolean dryRun, List<Directory> directories) {
    public RebuildReport {
        directories = List.copyOf(directories);
    }

    /**
     * @param rowsBefore of the index that was there, superseded ones included
     * @param damagedSegments index files that could not be opened
     * @param entries rows of the new index; of a dry run, records of living ledgers, superseded ones included
     * @param damagedBytes of the logs that hold no valid record
     * @param doubtedLedgers ledgers of which nothing is denied from then on, because entries may be lost
     */
    public record Directory(
            String path,
            long rowsBefore,
            long damagedSegments,
            long entries,
            long logBytes,
            long damagedBytes,
            long doubtedLedgers) {}
}
