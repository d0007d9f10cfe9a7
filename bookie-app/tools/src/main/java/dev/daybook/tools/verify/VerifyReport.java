package dev.daybook.tools.verify;

import java.util.List;

/**
 * What a verification found.
 *
 * @param journalFacts valid ones behind the marks
 * @param records valid ones in entry logs
 * @param rows of the index
 * @param ledgers that live here
 * @param problemCount how many problems there are, of which the first are listed
 * @param problems one sentence each
 * @param affected ledgers with entries that cannot be served, ascending
 * @param notes what is worth knowing and no damage
 */
public record VerifyReport(
        long journalFacts,
        long entryLogs,
        long entryLogBytes,
        long records,
        long segments,
        long rows,
        long ledgers,
        long problemCount,
        List<String> problems,
        List<AffectedLedger> affected,
        List<String> notes) {
    public VerifyReport {
        problems = List.copyOf(problems);
        affected = List.copyOf(affected);
        notes = List.copyOf(notes);
    }

    public boolean isClean() {
        return problemCount == 0;
    }
}
