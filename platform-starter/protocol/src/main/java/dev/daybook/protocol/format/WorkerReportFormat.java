package dev.daybook.protocol.format;

import dev.daybook.protocol.format.WorkerReport.Done;
import dev.daybook.protocol.format.WorkerReport.Note;
import dev.daybook.protocol.format.WorkerReport.Pace;
import dev.daybook.protocol.model.LedgerId;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The reports of workers and the limits of the whole cluster, which only this implementation knows: in the text format of
 * their neighbours in the metadata service, with fields that a reader who does not know them passes over.
 */
public final class WorkerReportFormat {
    private WorkerReportFormat() {}

    public static byte[] serialize(WorkerReport report) {
        TextWriter out = new TextWriter()
                .string("id", report.id())
                .string("worker", report.worker())
                .number("startedMillis", report.startedMillis())
                .number("reportedMillis", report.reportedMillis())
                .number("ledgersAtOnce", report.pace().ledgersAtOnce())
                .number("bytesPerSecondMax", report.pace().bytesPerSecondMax())
                .number("bytesPerSecond", report.pace().bytesPerSecond())
                .number("repaired", report.done().repaired())
                .number("stalled", report.done().stalled())
                .number("copies", report.done().copies())
                .number("bytes", report.done().bytes())
                .string("lastTrouble", report.lastTrouble());
        counts(out, "ledgers", report.ledgers());
        counts(out, "stalls", report.stalls());
        for (Note note : report.notes()) {
            out.open("note")
                    .number("ledger", note.ledger().value())
                    .string("state", note.state())
                    .number("locked", note.locked() ? 1 : 0)
                    .string("why", note.why())
                    .number("copies", note.copies())
                    .close();
        }
        return out.toBytes();
    }

    private static void counts(TextWriter out, String field, Map<String, Integer> counts) {
        counts.forEach((name, count) ->
                out.open(field).string("name", name).number("count", count).close());
    }

    /** @throws MalformedMetadataException if the bytes are no report */
    public static WorkerReport parse(byte[] bytes) {
        TextMessage message = TextParser.parse(bytes, 0);
        return new WorkerReport(
                message.string("id").orElse(""),
                message.string("worker").orElse(""),
                number(message, "startedMillis"),
                number(message, "reportedMillis"),
                new Pace(
                        (int) number(message, "ledgersAtOnce"),
                        number(message, "bytesPerSecondMax"),
                        number(message, "bytesPerSecond")),
                new Done(
                        number(message, "repaired"),
                        number(message, "stalled"),
                        number(message, "copies"),
                        number(message, "bytes")),
                counts(message, "ledgers"),
                counts(message, "stalls"),
                message.string("lastTrouble").orElse(""),
                message.messages("note").stream().map(WorkerReportFormat::note).toList());
    }

    private static Note note(TextMessage message) {
        long ledger = number(message, "ledger");
        if (ledger < 0) {
            throw new MalformedMetadataException("A report tells of ledger " + ledger + ", which cannot be.");
        }
        return new Note(
                new LedgerId(ledger),
                message.string("state").orElse(""),
                number(message, "locked") != 0,
                message.string("why").orElse(""),
                number(message, "copies"));
    }

    private static SortedMap<String, Integer> counts(TextMessage message, String field) {
        SortedMap<String, Integer> counts = new TreeMap<>();
        message.messages(field)
                .forEach(count -> counts.put(count.string("name").orElse(""), (int) number(count, "count")));
        return counts;
    }

    private static long number(TextMessage message, String field) {
        return message.number(field).orElse(0);
    }

    public static byte[] serializeLimits(RepairLimits limits) {
        return new TextWriter()
                .number("bytesPerSecond", limits.bytesPerSecond())
                .number("ledgersAtOnce", limits.ledgersAtOnce())
                .toBytes();
    }

    /** @throws MalformedMetadataException if the bytes are no limits */
    public static RepairLimits parseLimits(byte[] bytes) {
        TextMessage message = TextParser.parse(bytes, 0);
        try {
            return new RepairLimits(number(message, "bytesPerSecond"), (int) number(message, "ledgersAtOnce"));
        } catch (IllegalArgumentException e) {
            throw new MalformedMetadataException("The limits of repair cannot be used: " + e.getMessage(), e);
        }
    }
}
