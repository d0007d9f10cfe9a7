package dev.daybook.console.view;

import dev.daybook.core.job.Job;
import dev.daybook.core.job.JobOrder.Evacuation;
import dev.daybook.core.job.JobOrder.Rebalance;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A job with its plan, progress and what is in its way.
 *
 * @param plan what it does, one sentence each
 * @param runner who carries it out; empty if nobody has begun
 * @param blockersHidden how many are counted and not named
 * @param moves of a rebalance, some of them
 * @param cancellable whether it can still be ended
 * @param confirmation what has to be typed for that
 */
public record JobPage(
        JobRow row,
        List<String> plan,
        String runner,
        @Nullable When started,
        Num copies,
        List<BlockerRow> blockers,
        Num blockersHidden,
        List<MoveRow> moves,
        Num movesHidden,
        boolean cancellable,
        String confirmation) {
    private static final int MOVES_MAX = 100;

    /** A ledger that cannot be moved. */
    public record BlockerRow(String ledger, String href, String why) {}

    /** One ledger's copies that change the bookie. */
    public record MoveRow(String ledger, String href, String from, String to, Num bytes) {}

    public static JobPage of(Job job, Instant now) {
        List<MoveRow> moves = job.order() instanceof Rebalance order
                ? order.moves().stream()
                        .limit(MOVES_MAX)
                        .map(move -> new MoveRow(
                                move.ledger().toString(),
                                Links.ledger(move.ledger()),
                                move.from().value(),
                                move.to().value(),
                                Num.bytes(move.bytes())))
                        .toList()
                : List.of();
        int allMoves = job.order() instanceof Rebalance order ? order.moves().size() : 0;
        List<BlockerRow> blockers = job.report().blockers().named().stream()
                .map(blocker -> new BlockerRow(
                        blocker.ledger().toString(),
                        Links.ledger(blocker.ledger()),
                        Foreign.text(blocker.why()).text()))
                .toList();
        return new JobPage(
                JobRow.of(job, now),
                plan(job),
                Foreign.text(job.claim().runner()).text(),
                job.times().started().isPresent()
                        ? When.ofMillis(job.times().started().getAsLong(), now)
                        : null,
                Num.count(job.report().progress().copies()),
                blockers,
                Num.count(job.report().blockers().count() - blockers.size()),
                moves,
                Num.count(allMoves - moves.size()),
                !job.state().isEnd() && !job.cancelAsked(),
                confirmation(job));
    }

    /** Of a job that empties a bookie, the bookie's id. */
    public static String confirmation(Job job) {
        return job.order().leaving().map(bookie -> bookie.value()).orElse("job " + job.id());
    }

    private static List<String> plan(Job job) {
        if (job.order() instanceof Rebalance order) {
            return List.of("Move " + Num.count(order.moves().size()).text()
                    + " ledgers from full bookies to empty ones, as listed below.");
        }
        Evacuation order = (Evacuation) job.order();
        String target = order.successor()
                .map(successor -> "to " + successor + "; where that bookie has a copy already, placement decides.")
                .orElse("to bookies that the placement policy chooses.");
        String end = order.cookieGoes()
                ? "At the end its cookie is deleted, once nothing names it and it does not run."
                : "Its cookie stays.";
        String force = order.forced()
                ? "It was ordered by force: ledgers that have nowhere to go did not stop it from beginning."
                : "";
        return List.of(
                        "Make bookie " + order.bookie() + " read-only, so that no new entries come to it.",
                        "Move every copy on it " + target,
                        end,
                        force)
                .stream()
                .filter(sentence -> !sentence.isEmpty())
                .toList();
    }
}
