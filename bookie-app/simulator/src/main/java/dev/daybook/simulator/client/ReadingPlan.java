package dev.daybook.simulator.client;

import dev.daybook.core.effect.Dice;
import java.util.List;

/**
 * How the readers of a run read. Times are ticks.
 *
 * @param reorder replicas are asked in the order of their health, not of writing
 * @param sticky one bookie serves a whole ledger if it can
 * @param hedgeTicks after which another replica is asked as well, again and again; 0 for never
 * @param batchEntries asked for by one request; 0: every entry is read by itself
 * @param batchBytes of the answer to such a request
 * @param oddBatchPercent of answers to batches that a careless bookie might give: nothing at all, or more than asked for
 * @param fullSocketPercent of times at which a request to a bookie would not leave at once
 */
public record ReadingPlan(
        boolean reorder,
        boolean sticky,
        int hedgeTicks,
        int batchEntries,
        int batchBytes,
        int oddBatchPercent,
        int fullSocketPercent) {

    static ReadingPlan draw(Dice dice, int timeoutTicks) {
        return new ReadingPlan(
                dice.chance(60),
                dice.chance(30),
                dice.pick(List.of(0, 3, 1 + timeoutTicks / 4, timeoutTicks)),
                dice.pick(List.of(0, 0, 2, 7, 64)),
                dice.pick(List.of(300, 5000, 1 << 20)),
                dice.pick(List.of(0, 0, 25)),
                dice.pick(List.of(0, 10)));
    }
}
