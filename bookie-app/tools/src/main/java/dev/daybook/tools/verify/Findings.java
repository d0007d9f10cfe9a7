package dev.daybook.tools.verify;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Collects numbers and problems; memory is bounded by the number of ledgers. */
final class Findings {
    private static final int PROBLEMS_LISTED_MAX = 1000;

    private final List<String> problems = new ArrayList<>();
    private final List<String> notes = new ArrayList<>();
    private final Map<Long, AffectedLedger> affected = new TreeMap<>();
    private long problemCount;

    long journalFacts;
    long entryLogs;
    long entryLogBytes;
    long records;
    long segments;
    long rows;
    long ledgers;

    void problem(String sentence) {
        problemCount++;
        if (problems.size() < PROBLEMS_LISTED_MAX) {
            problems.add(sentence);
        }
    }

    void entry(long ledgerId, long entryId, String how) {
        problem("Entry " + entryId + " of ledger " + ledgerId + " " + how + ".");
        affected.merge(
                ledgerId, new AffectedLedger(ledgerId, 1, entryId, entryId), (known, added) -> known.with(entryId));
    }

    void note(String sentence) {
        notes.add(sentence);
    }

    VerifyReport report() {
        return new VerifyReport(
                journalFacts,
                entryLogs,
                entryLogBytes,
                records,
                segments,
                rows,
                ledgers,
                problemCount,
                problems,
                List.copyOf(affected.values()),
                notes);
    }
}
