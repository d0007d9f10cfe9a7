package dev.daybook.console.cluster;

import dev.daybook.protocol.format.WorkerReport;
import dev.daybook.protocol.model.LedgerId;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What workers say of single ledgers; of several that of whoever holds the lock. */
public final class WorkerWords {
    private final Map<LedgerId, WorkerReport.Note> notes = new HashMap<>();

    public WorkerWords(List<WorkerReport> workers) {
        for (WorkerReport worker : workers) {
            for (WorkerReport.Note note : worker.notes()) {
                notes.merge(note.ledger(), note, (one, other) -> other.locked() ? other : one);
            }
        }
    }

    /** Why the ledger is not whole yet, one sentence. */
    public Optional<String> of(LedgerId ledger) {
        return Optional.ofNullable(notes.get(ledger))
                .map(WorkerReport.Note::why)
                .filter(why -> !why.isEmpty());
    }
}
