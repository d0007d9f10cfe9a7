package dev.daybook.boot.command;

import dev.daybook.boot.facts.JobFacts;
import dev.daybook.core.job.Blockers;
import dev.daybook.core.job.Job;
import dev.daybook.core.job.JobOrder;
import dev.daybook.core.job.JobPlan;
import java.util.List;
import java.util.Map;

/** Shows jobs and plans, with what is in their way. */
final class JobPrint {
    private final OutputOptions output;

    JobPrint(OutputOptions output) {
        this.output = output;
    }

    void show(Job job) {
        print("job", JobFacts.of(job), job.report().blockers(), job.order());
    }

    void show(JobPlan plan) {
        print("plan", JobFacts.of(plan), plan.foreseen(), plan.order());
    }

    private void print(String type, Map<String, Object> facts, Blockers blockers, JobOrder order) {
        List<Map<String, Object>> moves = JobFacts.moves(order);
        List<Map<String, Object>> blocked = JobFacts.of(blockers);
        if (output.json()) {
            facts.put("blockers", blocked);
            facts.put("moves", moves);
            JsonText.printLine(type, facts);
            return;
        }
        facts.values().removeIf(value -> value.toString().isEmpty());
        output.show(type, facts);
        table(blocked, "ledger", "why");
        table(moves, "ledger", "from", "to", "bytes");
    }

    private void table(List<Map<String, Object>> rows, String... names) {
        if (!rows.isEmpty()) {
            System.out.println();
            try (Listing listing = new Listing(output, "", names)) {
                rows.forEach(listing::add);
            }
        }
    }
}
