package dev.daybook.simulator.run;

import dev.daybook.core.effect.Dice;
import dev.daybook.protocol.model.BookieId;
import dev.daybook.protocol.model.Quorum;
import dev.daybook.simulator.bookie.BookieMix;
import dev.daybook.simulator.client.WriterPlan;
import dev.daybook.simulator.meta.MetadataWeather;
import dev.daybook.simulator.net.Weather;
import dev.daybook.simulator.repair.HealingMix;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;

/**
 * One run as it is drawn from its seed. Everything varies from run to run, because a fixed mix finds far fewer bugs.
 *
 * @param horizonTicks after which faults stop
 * @param destructionBudget how many bookies may lose what they have
 */
record Plan(
        Set<FaultKind> kinds,
        Weather weather,
        MetadataWeather metadata,
        BookieMix bookies,
        List<WriterPlan> writers,
        int bookieCount,
        Crowd crowd,
        int timeoutTicks,
        int horizonTicks,
        int destructionBudget) {
    /** When the first ledger may be there. */
    static final int START_TICKS = 90;

    /** The same in a cluster that heals itself. */
    Plan with(HealingMix healing) {
        return new Plan(
                kinds,
                weather,
                metadata.withPartialLists(healing.partialListPercent()),
                bookies,
                writers,
                bookieCount + healing.spares(),
                crowd,
                timeoutTicks,
                horizonTicks + healing.horizonTicks(),
                destructionBudget);
    }

    /** When something interesting may go on: while somebody writes, and a little longer. */
    long interestingTick(Dice dice) {
        int busy = writers.stream()
                .mapToInt(writer -> writer.appends() * writer.gapMax() / 2)
                .max()
                .orElse(0);
        int span = Math.min(horizonTicks - START_TICKS, busy + 60 + 4 * weather.delayMax());
        return START_TICKS + (long) dice.below(dice.chance(75) ? span : horizonTicks - START_TICKS);
    }

    List<BookieId> bookieIds() {
        return IntStream.rangeClosed(1, bookieCount)
                .mapToObj(number -> new BookieId("b" + number))
                .toList();
    }

    List<Quorum> quorums() {
        return writers.stream().map(WriterPlan::quorum).toList();
    }

    static Plan draw(Dice dice) {
        int kind = dice.below(100);
        Personality personality = kind < 25 ? Personality.RACE : kind < 55 ? Personality.CHANGES : Personality.ANYTHING;
        return personality.draw(dice);
    }
}
