package dev.daybook.simulator.client;

import dev.daybook.core.effect.Dice;
import dev.daybook.core.health.HealthLimits;
import dev.daybook.protocol.model.BookieId;
import dev.daybook.protocol.model.Quorum;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * How the clients of a run are set up.
 *
 * @param health when they hold what against a bookie; its nanoseconds are ticks
 * @param prejudicePercent of bookies that a client could not reach before the run, and holds it against them
 */
public record ClientMix(ReadingPlan reading, PlacementPlan placement, HealthLimits health, int prejudicePercent) {
    private static final int QUARANTINE_DOUBLINGS = 4;
    private static final int SLOW_MARGIN_TICKS = 5;

    /** @param quorums of the ledgers that will be written */
    public static ClientMix draw(Dice dice, List<BookieId> bookies, Collection<Quorum> quorums, int timeoutTicks) {
        return new ClientMix(
                ReadingPlan.draw(dice, timeoutTicks),
                PlacementPlan.draw(dice, bookies, quorums),
                drawHealth(dice),
                dice.pick(List.of(0, 0, 20, 50)));
    }

    /** Any bookie is as good as any other, and nobody holds anything against one. */
    public static ClientMix plain(int timeoutTicks) {
        Dice dice = new Dice(1);
        PlacementPlan anywhere = new PlacementPlan(PlacementPlan.Kind.ANY, 1, false, Map.of(), Optional.empty());
        return new ClientMix(ReadingPlan.draw(dice, timeoutTicks), anywhere, drawHealth(dice), 0);
    }

    private static HealthLimits drawHealth(Dice dice) {
        int quarantine = dice.pick(List.of(0, 30, 150, 600));
        return new HealthLimits(
                dice.pick(List.of(20, 200, 1000)),
                quarantine,
                (long) QUARANTINE_DOUBLINGS * quarantine,
                1 + dice.below(3),
                1 + dice.below(3),
                2 + dice.below(3),
                SLOW_MARGIN_TICKS);
    }
}
