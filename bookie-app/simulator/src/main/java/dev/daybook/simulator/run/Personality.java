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

/** Where a run looks for trouble. Inside of each, everything is drawn. */
enum Personality {
    /**
     * A writer in full swing, two or three recoveries, a small cluster, and messages that take their time but come within
     * the deadline: the rarest holes of the protocol are those of who reached whom first.
     */
    RACE {
        @Override
        Plan draw(Dice dice) {
            Set<FaultKind> kinds = EnumSet.of(FaultKind.WEATHER);
            if (dice.chance(25)) {
                kinds.add(FaultKind.DEAF_CLIENT);
            }
            if (dice.chance(15)) {
                kinds.add(FaultKind.CRASH_AFTER_REPLY);
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
                    dice.pick(List.of(0, 0, 0, 15)),
                    dice.pick(List.of(0, 40, 60, 60)));
            WriterPlan writer = new WriterPlan(
                    dice.pick(RACING),
                    WriterPlan.Kind.IN_ORDER,
                    1 + dice.below(dice.pick(List.of(2, 3, 8, 25))),
                    dice.pick(List.of(0, 0, 3, 10)),
                    40,
                    false);
            return new Plan(
                    kinds,
                    weather,
                    kinds.contains(FaultKind.BAD_METADATA) ? MetadataWeather.draw(dice) : QUICK,
                    BookieMix.draw(dice, kinds.contains(FaultKind.CRASH_AFTER_REPLY)),
                    List.of(writer),
                    writer.quorum().ensemble() + dice.below(2),
                    new Crowd(dice.pick(List.of(1, 1, 1, 2, 3)), dice.chance(80), dice.below(2), 0, 0),
                    (dice.chance(70) ? 30 : 8) * delayMax + 50,
                    400,
                    writer.quorum().ack() - 1);
        }
    },

    /** A writer whose ensemble changes and changes, bookies to spare that fail in their turn, and metadata that lags. */
    CHANGES {
        @Override
        Plan draw(Dice dice) {
            Set<FaultKind> kinds = EnumSet.of(FaultKind.WEATHER, FaultKind.AMBUSH);
            kinds.add(dice.pick(List.of(
                    FaultKind.KILL,
                    FaultKind.PARTITION,
                    FaultKind.FROZEN_BOOKIE,
                    FaultKind.DEAF_CLIENT,
                    FaultKind.BOOKIE_SESSION,
                    FaultKind.CRASH_AFTER_REPLY)));
            int delayMax = dice.pick(List.of(3, 10));
            Weather weather = new Weather(
                    false,
                    dice.pick(List.of(0, 10, 10, 25)),
                    0,
                    delayMax,
                    dice.pick(List.of(0, 0, 10)),
                    0,
                    dice.chance(40),
                    dice.pick(List.of(0, 0, 50)),
                    dice.pick(List.of(0, 15)),
                    dice.pick(List.of(0, 30, 60)));
            BookieMix bookies = BookieMix.draw(dice, kinds.contains(FaultKind.CRASH_AFTER_REPLY));
            int bad = dice.pick(List.of(0, 20, 60));
            MetadataWeather metadata = new MetadataWeather(
                    dice.pick(List.of(2, 10, 40)),
                    dice.below(bad / 4 + 1),
                    dice.below(bad / 4 + 1),
                    dice.below(bad + 1),
                    dice.pick(List.of(0, 0, 20)),
                    0);
            WriterPlan writer = new WriterPlan(
                    dice.pick(CHANGING),
                    WriterPlan.Kind.IN_ORDER,
                    4 + dice.below(dice.pick(List.of(6, 40))),
                    dice.pick(List.of(0, 10, 20, 40)),
                    40,
                    dice.chance(20));
            return new Plan(
                    kinds,
                    weather,
                    metadata,
                    bookies,
                    List.of(writer),
                    writer.quorum().ensemble() + dice.pick(List.of(1, 1, 1, 2, 3)),
                    new Crowd(dice.below(3), dice.chance(30), dice.below(2), 0, 0),
                    dice.pick(List.of(3, 6, 20)) * delayMax + 2 * bookies.journalDelayMax() + 20,
                    dice.pick(List.of(500, 1000)),
                    writer.quorum().ack() - 1);
        }
    },

    ANYTHING {
        @Override
        Plan draw(Dice dice) {
            Set<FaultKind> kinds = EnumSet.noneOf(FaultKind.class);
            int wanted = dice.below(7);
            for (int i = 0; i < wanted; i++) {
                kinds.add(dice.pick(List.of(FaultKind.values())));
            }
            if (dice.chance(12)) {
                kinds.add(FaultKind.ROT); // Most flipped bits are never read.
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
                    new Crowd(
                            dice.pick(List.of(0, 1, 1, 2, 3)),
                            dice.chance(20),
                            dice.pick(List.of(0, 1, 2)),
                            dice.pick(List.of(0, 0, 1)),
                            dice.pick(List.of(0, 0, 0, 0, 1))),
                    3 * delay + 2 * bookies.journalDelayMax() + 10 + dice.below(100),
                    dice.pick(List.of(300, 800, 1500)),
                    budget);
        }
    };

    /** Where all members must store an entry, one that is late is enough for a race. */
    private static final List<Quorum> RACING = List.of(
            new Quorum(3, 3, 2),
            new Quorum(3, 3, 2),
            new Quorum(4, 4, 3),
            new Quorum(2, 2, 1),
            new Quorum(2, 2, 2),
            new Quorum(2, 2, 2),
            new Quorum(2, 2, 2),
            new Quorum(3, 2, 2),
            new Quorum(3, 3, 3));

    private static final List<Quorum> CHANGING = List.of(
            new Quorum(3, 3, 2),
            new Quorum(3, 3, 2),
            new Quorum(2, 2, 1),
            new Quorum(3, 3, 1),
            new Quorum(3, 2, 1),
            new Quorum(2, 2, 2),
            new Quorum(3, 2, 2));

    private static final MetadataWeather QUICK = new MetadataWeather(2, 0, 0, 0, 0, 0);

    abstract Plan draw(Dice dice);
}
