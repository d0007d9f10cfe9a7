package dev.daybook.console.view;

import dev.daybook.core.job.Job;
import dev.daybook.core.job.JobOrder.Evacuation;
import dev.daybook.core.job.JobOrder.Rebalance;
import dev.daybook.core.job.JobState;
import java.time.Instant;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * One job in the list or at the top of its page.
 *
 * @param bookie that is emptied; empty of a rebalance
 * @param successor that takes its copies; empty if placement decides
 * @param state of a job that shall end, what it will be
 * @param ledgers to be moved; unknown before anybody has looked
 * @param percent of them that were moved, for machines; empty if unknown
 * @param remark one sentence; empty if there is nothing to say
 */
public record JobRow(
        String id,
        String href,
        String kind,
        String bookie,
        String bookieHref,
        String successor,
        Mark state,
        Num moved,
        Num ledgers,
        String percent,
        Num bytes,
        Num blocked,
        When created,
        @Nullable When ended,
        String remark) {
    private static final int PERCENT = 100;

    public static JobRow of(Job job, Instant now) {
        Optional<Evacuation> evacuation =
                job.order() instanceof Evacuation order ? Optional.of(order) : Optional.empty();
        long ledgers = ledgers(job);
        long moved = job.report().progress().moved();
        return new JobRow(
                Long.toString(job.id()),
                "/jobs/" + job.id(),
                job.order().kind().name().toLowerCase(Locale.ROOT),
                evacuation.map(order -> order.bookie().value()).orElse(""),
                evacuation.map(order -> Links.bookie(order.bookie())).orElse(""),
                evacuation
                        .flatMap(Evacuation::successor)
                        .map(bookie -> bookie.value())
                        .orElse(""),
                state(job),
                Num.count(moved),
                Num.count(ledgers),
                ledgers <= 0 ? "" : Long.toString(moved * PERCENT / ledgers),
                Num.bytes(job.report().progress().bytes()),
                Num.count(job.report().blockers().count()),
                When.ofMillis(job.times().created(), now),
                job.times().ended().isPresent()
                        ? When.ofMillis(job.times().ended().getAsLong(), now)
                        : null,
                remark(job));
    }

    /** What a plan says counts before anybody has looked; -1 if there is none. */
    private static long ledgers(Job job) {
        long known = job.report().progress().ledgers();
        if (known > 0 || job.state().isEnd()) {
            return known;
        }
        return job.order() instanceof Rebalance order ? order.moves().size() : -1;
    }

    private static Mark state(Job job) {
        if (job.cancelAsked() && !job.state().isEnd()) {
            return new Mark("warn", "being cancelled");
        }
        return switch (job.state()) {
            case PLANNED -> new Mark("none", "planned");
            case RUNNING -> new Mark("live", "running");
            case DONE -> new Mark("ok", "done");
            case BLOCKED -> new Mark("warn", "blocked");
            case CANCELLED -> new Mark("done", "cancelled");
            case FAILED -> new Mark("bad", "failed");
        };
    }

    private static String remark(Job job) {
        String said = Foreign.text(job.report().remark()).text();
        return said.isEmpty() && job.state() == JobState.PLANNED
                ? "Nobody has begun it yet: the auditor does, if it is one of Daybook's."
                : said;
    }
}
