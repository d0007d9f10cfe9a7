package dev.daybook.simulator.meta;

import dev.daybook.core.effect.Dice;
import java.util.List;

/**
 * How bad the metadata service is. Times are ticks.
 *
 * @param lostRequestPercent of operations that do not happen, of which the client learns only that it does not know
 * @param lostReplyPercent of operations that happen, of which the client learns only that it does not know
 * @param latePercent of operations that happen after the client was told that it does not know
 * @param stalePercent of reads that see the record as it was one change ago
 * @param partialListPercent of listings that lack ledgers
 */
public record MetadataWeather(
        int delayMax,
        int lostRequestPercent,
        int lostReplyPercent,
        int latePercent,
        int stalePercent,
        int partialListPercent) {

    public static MetadataWeather draw(Dice dice) {
        int bad = dice.pick(List.of(0, 0, 10, 40));
        return new MetadataWeather(
                dice.pick(List.of(2, 20, 80)),
                dice.below(bad + 1),
                dice.below(bad + 1),
                dice.below(bad / 2 + 1),
                dice.pick(List.of(0, 0, 20)),
                0);
    }

    /** The same service, which lists only some of the ledgers now and then. */
    public MetadataWeather withPartialLists(int percent) {
        return new MetadataWeather(delayMax, lostRequestPercent, lostReplyPercent, latePercent, stalePercent, percent);
    }

    /** The same service without faults. */
    public MetadataWeather calm() {
        return new MetadataWeather(delayMax, 0, 0, 0, 0, 0);
    }
}
