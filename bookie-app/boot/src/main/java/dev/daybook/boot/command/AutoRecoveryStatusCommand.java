package dev.daybook.boot.command;

import dev.daybook.boot.facts.RepairFacts;
import dev.daybook.client.meta.MetadataStore;
import dev.daybook.client.meta.RepairStore;
import dev.daybook.protocol.format.RepairLimits;
import dev.daybook.protocol.format.WorkerReport;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import picocli.CommandLine.Command;

/** {@code daybook autorecovery status}. */
@Command(
        name = "status",
        description = {
            "Show whether repair is switched on, who does what, how fast, and what keeps it.",
            "",
            "JSON: type autorecovery, with enabled, auditor (empty: none), lostBookieDelaySeconds, bytesPerSecond and"
                    + " ledgersAtOnce (limits of all workers together, 0: none), repairing (ledger, holder), workers"
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
            RepairLimits limits = Answers.await(repairs.limits());
            facts.putAll(RepairFacts.of(limits));
            List<Map<String, Object>> locks = Answers.await(repairs.locks()).stream()
                    .map(lock -> Map.<String, Object>of("ledger", lock.ledger().value(), "holder", lock.holder()))
                    .toList();
            if (output.json()) {
                facts.put("repairing", locks);
                facts.put("workers", workers.stream().map(RepairFacts::of).toList());
                output.show("autorecovery", facts);
            } else {
                facts.put("repairing", locks.size() + " ledgers");
                output.show("autorecovery", facts);
                print(workers);
            }
        }
        return 0;
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
