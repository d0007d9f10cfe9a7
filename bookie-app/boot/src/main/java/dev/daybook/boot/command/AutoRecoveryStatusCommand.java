package dev.daybook.boot.command;

import dev.daybook.boot.facts.AuditFacts;
import dev.daybook.boot.facts.RepairFacts;
import dev.daybook.client.meta.MetadataStore;
import dev.daybook.client.meta.RepairStore;
import dev.daybook.client.meta.audit.AuditorReport;
import dev.daybook.client.meta.audit.AuditorReports;
import dev.daybook.protocol.format.RepairLimits;
import dev.daybook.protocol.format.WorkerReport;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import picocli.CommandLine.Command;

/** {@code daybook autorecovery status}. */
@Command(
        name = "status",
        description = {
            "Show whether repair is switched on, who does what, how fast, and what keeps it.",
            "",
            "JSON: type autorecovery, with enabled, auditor (empty: none), lostBookieDelaySeconds, audit (what an auditor of"
                    + " Daybook says: term, electedMillis, awaited, searches with search, running, begunMillis,"
                    + " endedMillis, complete, marked, nextMillis), bytesPerSecond and ledgersAtOnce (limits of all workers together, 0: none), repairing (ledger, holder), workers"
                    + " (worker, id, startedMillis, reportedMillis, bytesPerSecond, bytesPerSecondMax, ledgersAtOnce,"
                    + " repaired, stalled, copies, bytes, ledgers, stalls, lastTrouble, notes). Only Daybook's workers"
                    + " report."
        })
final class AutoRecoveryStatusCommand extends OperatorCommand {
    @Override
    public Integer call() {
        try (MetadataStore store = connection.store()) {
            RepairStore repairs = store.repairs();
            List<WorkerReport> workers = Answers.await(repairs.workers());
            Map<String, Object> facts = new LinkedHashMap<>();
            facts.put("enabled", Answers.await(repairs.enabled()));
            facts.put("auditor", Answers.await(repairs.auditor()).orElse(""));
            Answers.await(repairs.lostBookieDelaySeconds())
                    .ifPresent(seconds -> facts.put("lostBookieDelaySeconds", seconds));
            Optional<AuditorReport> audit = Answers.await(new AuditorReports(store.records()).read())
                    .filter(report -> report.auditor().equals(facts.get("auditor")));
            RepairLimits limits = Answers.await(repairs.limits());
            facts.putAll(RepairFacts.of(limits));
            List<Map<String, Object>> locks = Answers.await(repairs.locks()).stream()
                    .map(lock -> Map.<String, Object>of("ledger", lock.ledger().value(), "holder", lock.holder()))
                    .toList();
            if (output.json()) {
                audit.map(AuditFacts::of).ifPresent(told -> facts.put("audit", told));
                facts.put("repairing", locks);
                facts.put("workers", workers.stream().map(RepairFacts::of).toList());
                output.show("autorecovery", facts);
            } else {
                facts.put("repairing", locks.size() + " ledgers");
                output.show("autorecovery", facts);
                audit.ifPresent(this::print);
                print(workers);
            }
        }
        return 0;
    }

    private void print(AuditorReport audit) {
        System.out.println();
        try (Listing listing =
                new Listing(output, "search", "search", "running", "begun", "ended", "complete", "marked", "next")) {
            for (Map<String, Object> search : AuditFacts.searches(audit)) {
                Map<String, Object> row = new LinkedHashMap<>(search);
                for (String time : List.of("begun", "ended", "next")) {
                    row.put(
                            time,
                            search.get(time + "Millis") instanceof Long millis ? Instant.ofEpochMilli(millis) : "-");
                }
                row.putIfAbsent("complete", "-");
                row.putIfAbsent("marked", "-");
                listing.add(row);
            }
        }
    }

    private void print(List<WorkerReport> workers) {
        if (workers.isEmpty()) {
            System.out.println("No worker reports.");
            return;
        }
        System.out.println();
        try (Listing listing = new Listing(
                output,
                "worker",
                "worker",
                "repairing",
                "copies",
                "bytes",
                "bytesPerSecond",
                "stalls",
                "lastTrouble")) {
            for (WorkerReport worker : workers) {
                Map<String, Object> row = RepairFacts.of(worker);
                row.put("repairing", worker.ledgers().getOrDefault("REPAIRING", 0));
                row.put("stalls", worker.stalls().isEmpty() ? "-" : worker.stalls());
                row.put("lastTrouble", worker.lastTrouble().isEmpty() ? "-" : worker.lastTrouble());
                listing.add(row);
            }
        }
    }
}
