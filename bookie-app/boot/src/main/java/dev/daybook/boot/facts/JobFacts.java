package dev.daybook.boot.facts;

import dev.daybook.core.job.Blockers;
import dev.daybook.core.job.Job;
import dev.daybook.core.job.JobOrder;
import dev.daybook.core.job.JobOrder.Evacuation;
import dev.daybook.core.job.JobOrder.Rebalance;
import dev.daybook.core.job.JobPlan;
import dev.daybook.core.job.JobProgress;
import dev.daybook.core.job.JobState;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** What is told of jobs and of plans for them. */
public final class JobFacts {
    private static final String NOT_BEGUN = "Nobody has begun it yet: the auditor does, if it is one of Daybook's.";

    private JobFacts() {}

    public static Map<String, Object> of(Job job) {
        Map<String, Object> facts = new LinkedHashMap<>();
        facts.put("job", job.id());
        order(facts, job.order());
        facts.put("state", word(job.state()));
        String remark = job.report().remark();
        facts.put("remark", remark.isEmpty() && job.state() == JobState.PLANNED ? NOT_BEGUN : remark);
        JobProgress progress = job.report().progress();
        facts.put("ledgers", progress.ledgers());
        facts.put("moved", progress.moved());
        facts.put("copies", progress.copies());
        facts.put("bytes", progress.bytes());
        facts.put("blocked", job.report().blockers().count());
        facts.put("runner", job.claim().runner());
        facts.put("cancelAsked", job.cancelAsked());
        facts.put("createdMillis", job.times().created());
        job.times().started().ifPresent(millis -> facts.put("startedMillis", millis));
        job.times().ended().ifPresent(millis -> facts.put("endedMillis", millis));
        return facts;
    }

    private static void order(Map<String, Object> facts, JobOrder order) {
        facts.put("kind", word(order.kind()));
        if (order instanceof Evacuation evacuation) {
            facts.put("bookie", evacuation.bookie().value());
            evacuation.successor().ifPresent(successor -> facts.put("successor", successor.value()));
            facts.put("forced", evacuation.forced());
        }
    }

    private static String word(Enum<?> value) {
        return value.name().toLowerCase(Locale.ROOT);
    }

    /** What cannot be moved, and why. */
    public static List<Map<String, Object>> of(Blockers blockers) {
        return blockers.named().stream()
                .map(blocker -> {
                    Map<String, Object> facts = new LinkedHashMap<>();
                    facts.put("ledger", blocker.ledger().value());
                    facts.put("why", blocker.why());
                    return facts;
                })
                .toList();
    }

    /** The moves of an order that has some. */
    public static List<Map<String, Object>> moves(JobOrder order) {
        if (!(order instanceof Rebalance rebalance)) {
            return List.of();
        }
        return rebalance.moves().stream()
                .map(move -> {
                    Map<String, Object> facts = new LinkedHashMap<>();
                    facts.put("ledger", move.ledger().value());
                    facts.put("from", move.from().value());
                    facts.put("to", move.to().value());
                    facts.put("bytes", move.bytes());
                    return facts;
                })
                .toList();
    }

    public static Map<String, Object> of(JobPlan plan) {
        Map<String, Object> facts = new LinkedHashMap<>();
        order(facts, plan.order());
        facts.put("ledgers", plan.ledgers());
        facts.put("openLedgers", plan.open());
        facts.put("bytes", plan.bytes());
        facts.put("blocked", plan.foreseen().count());
        facts.put("refusal", plan.refusal());
        return facts;
    }
}
