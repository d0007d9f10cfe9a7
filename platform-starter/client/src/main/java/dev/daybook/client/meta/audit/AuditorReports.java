package dev.daybook.client.meta.audit;

import dev.daybook.client.meta.RecordChange;
import dev.daybook.client.meta.RecordKey;
import dev.daybook.client.meta.RecordStore;
import dev.daybook.client.meta.RecordStore.CommitOutcome;
import dev.daybook.protocol.model.Versioned;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/**
 * The report of whoever is the auditor. An auditor of a former term overwrites nothing. Thread-safe. Stages fail as those of
 * the record store do.
 */
public final class AuditorReports {
    private static final RecordKey KEY = new RecordKey("auditor", "report");

    private final RecordStore records;

    public AuditorReports(RecordStore records) {
        this.records = records;
    }

    /** @return empty if no auditor of Daybook was ever elected */
    public CompletionStage<Optional<AuditorReport>> read() {
        return records.read(KEY).thenApply(found -> found.map(Versioned::value).map(AuditorReportFormat::parse));
    }

    /** @return false if it was not stored: an auditor of a later term reports, or somebody else did at this moment */
    public CompletionStage<Boolean> write(AuditorReport report) {
        byte[] bytes = AuditorReportFormat.serialize(report);
        return records.read(KEY).thenCompose(found -> {
            if (found.isPresent()
                    && AuditorReportFormat.parse(found.get().value()).term() > report.term()) {
                return CompletableFuture.completedFuture(false);
            }
            RecordChange change = found.<RecordChange>map(stored -> new RecordChange.Swap(KEY, bytes, stored.version()))
                    .orElseGet(() -> new RecordChange.Create(KEY, bytes));
            return records.commit(List.of(change)).thenApply(outcome -> outcome instanceof CommitOutcome.Committed);
        });
    }
}
