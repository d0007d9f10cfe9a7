package dev.daybook.console.view;

import dev.daybook.protocol.format.WorkerReport;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * A worker of auto-recovery, by its own report.
 *
 * @param late whether it should have reported again since
 * @param limit of its own and of its share of the cluster's
 * @param states how many ledgers are in which state
 * @param stalls how many wait for which reason
 * @param notes about ledgers that it is busy with, or that wait
 */
public record WorkerRow(
        String name,
        When started,
        When reported,
        boolean late,
        Num speed,
        String limit,
        Num atOnce,
        Num repaired,
        Num stalled,
        Num bytes,
        List<Counted> states,
        List<Counted> stalls,
        String lastTrouble,
        List<NoteRow> notes) {
    private static final Duration REPORT_AGE_MAX = Duration.ofSeconds(20);
    private static final int NOTES_MAX = 20;

    /** A word and how often it holds. */
    public record Counted(String word, Num count) {}

    /** What is said of one ledger. */
    public record NoteRow(String ledger, String href, String state, String why, Num copies) {}

    public static WorkerRow of(WorkerReport report, Instant now) {
        Instant reported = Instant.ofEpochMilli(report.reportedMillis());
        return new WorkerRow(
                Foreign.text(report.worker()).text(),
                When.ofMillis(report.startedMillis(), now),
                When.of(reported, now),
                Duration.between(reported, now).compareTo(REPORT_AGE_MAX) > 0,
                Num.bytes(report.pace().bytesPerSecond()),
                report.pace().bytesPerSecondMax() == 0
                        ? "no limit"
                        : Num.bytes(report.pace().bytesPerSecondMax()).text() + "/s",
                Num.count(report.pace().ledgersAtOnce()),
                Num.count(report.done().repaired()),
                Num.count(report.done().stalled()),
                Num.bytes(report.done().bytes()),
                counted(report.ledgers()),
                counted(report.stalls()),
                Foreign.text(report.lastTrouble()).text(),
                report.notes().stream().limit(NOTES_MAX).map(WorkerRow::note).toList());
    }

    private static NoteRow note(WorkerReport.Note note) {
        return new NoteRow(
                note.ledger().toString(),
                Links.ledger(note.ledger()),
                words(note.state()),
                Foreign.text(note.why()).text(),
                Num.count(note.copies()));
    }

    private static List<Counted> counted(Map<String, Integer> counts) {
        return counts.entrySet().stream()
                .filter(count -> count.getValue() > 0)
                .sorted(Map.Entry.comparingByValue(Comparator.reverseOrder()))
                .map(count -> new Counted(words(count.getKey()), Num.count(count.getValue())))
                .toList();
    }

    /** Of a constant's name; the worker may be of another version than the console. */
    private static String words(String constant) {
        return Foreign.text(constant.toLowerCase(Locale.ROOT).replace('_', ' ')).text();
    }
}
