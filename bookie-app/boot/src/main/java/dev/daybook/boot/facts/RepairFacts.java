package dev.daybook.boot.facts;

import dev.daybook.client.meta.UnderReplicatedLedger;
import dev.daybook.protocol.format.RepairLimits;
import dev.daybook.protocol.format.WorkerReport;
import dev.daybook.protocol.format.WorkerReport.Note;
import dev.daybook.protocol.model.BookieId;
import dev.daybook.protocol.model.LedgerId;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What the metadata service knows of the repair of ledgers, as names and values. */
public final class RepairFacts {
    /** What one worker says of one ledger. */
    private record Said(String worker, Note note) {}

    private final Map<LedgerId, Said> saidOf = new HashMap<>();

    /** @param workers whose words about single ledgers are told as well; of several that of whoever holds the lock */
    public RepairFacts(List<WorkerReport> workers) {
        for (WorkerReport report : workers) {
            for (Note note : report.notes()) {
                saidOf.merge(
                        note.ledger(),
                        new Said(report.worker(), note),
                        (known, other) -> known.note().locked() ? known : other);
            }
        }
    }

    public Map<String, Object> of(UnderReplicatedLedger marked) {
        Map<String, Object> facts = new LinkedHashMap<>();
        List<String> missing = marked.missing().stream().map(BookieId::value).toList();
        facts.put("ledger", marked.ledger().value());
        facts.put("missing", missing);
        marked.markedMillis().ifPresent(millis -> facts.put("markedMillis", millis));
        marked.lockedBy().ifPresent(holder -> facts.put("lockedBy", holder));
        Optional.ofNullable(saidOf.get(marked.ledger())).ifPresent(said -> {
            facts.put("worker", said.worker());
            facts.put("state", said.note().state());
            facts.put("why", said.note().why());
        });
        return facts;
    }

    public static Map<String, Object> of(WorkerReport report) {
        Map<String, Object> facts = new LinkedHashMap<>();
        facts.put("worker", report.worker());
        facts.put("id", report.id());
        facts.put("startedMillis", report.startedMillis());
        facts.put("reportedMillis", report.reportedMillis());
        facts.put("bytesPerSecond", report.pace().bytesPerSecond());
        facts.put("bytesPerSecondMax", report.pace().bytesPerSecondMax());
        facts.put("ledgersAtOnce", report.pace().ledgersAtOnce());
        facts.put("repaired", report.done().repaired());
        facts.put("stalled", report.done().stalled());
        facts.put("copies", report.done().copies());
        facts.put("bytes", report.done().bytes());
        facts.put("ledgers", report.ledgers());
        facts.put("stalls", report.stalls());
        facts.put("lastTrouble", report.lastTrouble());
        facts.put("notes", report.notes().stream().map(RepairFacts::of).toList());
        return facts;
    }

    private static Map<String, Object> of(Note note) {
        Map<String, Object> facts = new LinkedHashMap<>();
        facts.put("ledger", note.ledger().value());
        facts.put("state", note.state());
        facts.put("locked", note.locked());
        facts.put("why", note.why());
        facts.put("copies", note.copies());
        return facts;
    }

    public static Map<String, Object> of(RepairLimits limits) {
        Map<String, Object> facts = new LinkedHashMap<>();
        facts.put("bytesPerSecond", limits.bytesPerSecond());
        facts.put("ledgersAtOnce", limits.ledgersAtOnce());
        return facts;
    }
}
