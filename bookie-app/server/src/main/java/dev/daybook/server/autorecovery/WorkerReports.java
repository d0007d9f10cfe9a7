package dev.daybook.server.autorecovery;

import dev.daybook.core.work.WorkState;
import dev.daybook.protocol.format.WorkerReport;
import dev.daybook.protocol.format.WorkerReport.Done;
import dev.daybook.protocol.format.WorkerReport.Note;
import dev.daybook.protocol.format.WorkerReport.Pace;
import dev.daybook.server.autorecovery.RepairActivity.Totals;
import dev.daybook.server.autorecovery.RepairActivity.Work;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;

/** Makes the reports of one worker, small enough for a metadata service. Belongs to the loop. */
final class WorkerReports {
    /** Of these some are told of. */
    static final int LEDGERS_SEEN = 1_000;

    private static final int NOTES_MAX = 100;
    private static final int SENTENCE_CHARACTERS_MAX = 300;

    /** Nothing is to be said of these that the mark and the lock do not say. */
    private static final Set<WorkState> UNREMARKABLE =
            Set.of(WorkState.WAITING_FOR_SLOT, WorkState.DISABLED, WorkState.LOCKED_ELSEWHERE);

    private final String id;
    private final String worker;
    private final long startedMillis;
    private long lastMillis;
    private long lastBytes;

    /** @param startedMillis milliseconds since the epoch */
    WorkerReports(String id, String worker, long startedMillis) {
        this.startedMillis = startedMillis;
        this.id = id;
        this.worker = worker;
    }

    /**
     * @param nowMillis of a clock that never jumps, by which speed is measured
     * @param reportedMillis milliseconds since the epoch
     */
    WorkerReport of(RepairActivity activity, long nowMillis, long reportedMillis) {
        Totals totals = activity.totals();
        long passedMillis = nowMillis - lastMillis;
        long bytesPerSecond = lastMillis == 0 || passedMillis <= 0
                ? 0
                : (totals.bytes() - lastBytes) * TimeUnit.SECONDS.toMillis(1) / passedMillis;
        lastMillis = nowMillis;
        lastBytes = totals.bytes();
        return new WorkerReport(
                id,
                worker,
                startedMillis,
                reportedMillis,
                new Pace(activity.ledgersAtOnce(), activity.bytesPerSecond(), bytesPerSecond),
                new Done(totals.repaired(), totals.stalled(), totals.copies(), totals.bytes()),
                named(activity.ledgers()),
                named(activity.stalls()),
                shortened(activity.lastTrouble()),
                notes(activity.works()));
    }

    private static <E extends Enum<E>> SortedMap<String, Integer> named(Map<E, Integer> counts) {
        SortedMap<String, Integer> named = new TreeMap<>();
        counts.forEach((key, count) -> named.put(key.name(), count));
        return named;
    }

    private static List<Note> notes(List<Work> works) {
        return works.stream()
                .filter(one -> !UNREMARKABLE.contains(one.work().state())
                        || !one.work().stalls().isEmpty())
                .limit(NOTES_MAX)
                .map(one -> new Note(
                        one.work().ledger(),
                        one.work().state().name(),
                        one.work().state().isLocked(),
                        shortened(one.work().why()),
                        one.progress().copies()))
                .toList();
    }

    private static String shortened(String sentence) {
        return sentence.length() <= SENTENCE_CHARACTERS_MAX
                ? sentence
                : sentence.substring(0, SENTENCE_CHARACTERS_MAX - 1) + "…";
    }
}
