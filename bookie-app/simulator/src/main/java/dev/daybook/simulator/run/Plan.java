package dev.daybook.simulator.run;

import dev.daybook.core.effect.Dice;
import dev.daybook.protocol.model.Quorum;
import dev.daybook.simulator.bookie.BookieMix;
import dev.daybook.simulator.client.WriterPlan;
import dev.daybook.simulator.meta.MetadataWeather;
import dev.daybook.simulator.net.Weather;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

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
        int recoverers,
        int readers,
        int tails,
        int deleters,
        int timeoutTicks,
        int horizonTicks,
        int destructionBudget) {
    /** When the first ledger may be there. */
    static final int START_TICKS = 90;

    /** When something interesting may go on: while somebody writes, and a little longer. */
    long interestingTick(Dice dice) {
        int busy = writers.stream()
                .mapToInt(writer -> writer.appends() * writer.gapMax() / 2)
                .max()
                .orElse(0);
        int span = Math.min(horizonTicks - START_TICKS, busy + 60 + 4 * weather.delayMax());
        return START_TICKS + (long) dice.below(dice.chance(75) ? span : horizonTicks - START_TICKS);
    }

    List<Quorum> quorums() {
        return writers.stream().map(WriterPlan::quorum).toList();
    }

    static Plan draw(Dice dice) {
        return dice.chance(30) ? drawDuel(dice) : drawAnything(dice);
    }

    /**
     * A writer in full swing, two or three recoveries, a small cluster, and messages that take their time but come within
     * the deadline: the rarest holes of the protocol are those of who reached whom first.
     */
    private static Plan drawDuel(Dice dice) {
        Set<FaultKind> kinds = EnumSet.of(FaultKind.WEATHER);
        if (dice.chance(50)) {
            kinds.add(FaultKind.DEAF_CLIENT);
        }
        if (dice.chance(30)) {
            kinds.add(dice.pick(List.of(FaultKind.values())));
        }
        int delayMax = dice.pick(List.of(3, 10));
        Weather weather = new Weather(
                false,
                dice.pick(List.of(0, 0, 3, 15)),
                0,
                delayMax,
                dice.pick(List.of(0, 10, 30)),
                0,
                dice.chance(25),
                dice.pick(List.of(0, 50, 80)),
                dice.pick(List.of(0, 15, 30)));
        MetadataWeather metadata = MetadataWeather.draw(dice);
        WriterPlan writer = new WriterPlan(
                dice.pick(List.of(new Quorum(3, 3, 2), new Quorum(3, 3, 2), new Quorum(2, 2, 1), new Quorum(4, 4, 3))),
                WriterPlan.Kind.IN_ORDER,
                6 + dice.below(20),
                dice.pick(List.of(3, 10)),
                40,
                dice.chance(10));
        return new Plan(
                kinds,
                weather,
                kinds.contains(FaultKind.BAD_METADATA) ? metadata : new MetadataWeather(2, 0, 0, 0, 0),
                BookieMix.draw(dice, kinds.contains(FaultKind.CRASH_AFTER_REPLY)),
                List.of(writer),
                writer.quorum().ensemble() + dice.below(2),
                2 + dice.below(2),
                dice.below(2),
                0,
                0,
                (dice.chance(70) ? 30 : 8) * delayMax + 50,
                400,
                writer.quorum().ack() - 1);
    }

    private static Plan drawAnything(Dice dice) {
        Set<FaultKind> kinds = EnumSet.noneOf(FaultKind.class);
        int wanted = dice.below(7);
        for (int i = 0; i < wanted; i++) {
            kinds.add(dice.pick(List.of(FaultKind.values())));
        }
        Weather weather = Weather.draw(dice);
        MetadataWeather metadata = MetadataWeather.draw(dice);
        BookieMix bookies = BookieMix.draw(dice, kinds.contains(FaultKind.CRASH_AFTER_REPLY));
        int ensembleMax = dice.pick(List.of(3, 4, 5, 7));
        List<WriterPlan> writers = new ArrayList<>();
        int count = dice.pick(List.of(1, 1, 1, 2));
        for (int i = 0; i < count; i++) {
            writers.add(WriterPlan.draw(dice, ensembleMax, weather.connections()));
        }
        int ensemble = writers.stream()
                .mapToInt(writer -> writer.quorum().ensemble())
                .max()
                .orElse(1);
        int budget = writers.stream()
                .mapToInt(writer -> writer.quorum().ack() - 1)
                .min()
                .orElse(0);
        int delay = weather.delayMax();
        return new Plan(
                kinds,
                kinds.contains(FaultKind.WEATHER) ? weather : weather.calm(),
                kinds.contains(FaultKind.BAD_METADATA) ? metadata : metadata.calm(),
                bookies,
                writers,
                ensemble + dice.below(4),
                dice.pick(List.of(0, 1, 1, 2, 3)),
                dice.pick(List.of(0, 1, 2)),
                dice.pick(List.of(0, 0, 1)),
                dice.pick(List.of(0, 0, 0, 0, 1)),
                3 * delay + 2 * bookies.journalDelayMax() + 10 + dice.below(100),
                dice.pick(List.of(300, 800, 1500)),
                budget);
    }
}
