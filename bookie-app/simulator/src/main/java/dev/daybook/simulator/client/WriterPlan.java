package dev.daybook.simulator.client;

import dev.daybook.core.effect.Dice;
import dev.daybook.protocol.model.Quorum;
import java.util.List;

/**
 * What one writer does. Times are ticks.
 *
 * @param kind how it writes
 * @param appends entries that it wants to write
 * @param gapMax between two appends; with 0 they come all at once
 * @param bytesMax of a payload
 * @param closes at the end, rather than leaving the ledger open
 */
public record WriterPlan(Quorum quorum, Kind kind, int appends, int gapMax, int bytesMax, boolean closes) {
    /** How it writes. */
    public enum Kind {
        /** The next id for each entry. */
        IN_ORDER,
        /** Ids of its own choice: out of order, with gaps that are filled later, and some of them twice. */
        CHOSEN,
        /** Entries are acknowledged before they are on disk; now and then it forces them. */
        DEFERRED
    }

    private static final List<Quorum> COMMON =
            List.of(new Quorum(3, 3, 2), new Quorum(3, 3, 2), new Quorum(3, 2, 2), new Quorum(4, 3, 2));

    /** @param connections whether bookies are reached over connections, without which deferred sync means nothing */
    public static WriterPlan draw(Dice dice, int ensembleMax, boolean connections) {
        Quorum quorum = dice.chance(50) ? dice.pick(COMMON) : any(dice, ensembleMax);
        Kind kind = dice.pick(
                List.of(Kind.IN_ORDER, Kind.IN_ORDER, Kind.CHOSEN, connections ? Kind.DEFERRED : Kind.IN_ORDER));
        return new WriterPlan(
                quorum,
                kind,
                1 + dice.below(dice.pick(List.of(4, 12, 30))),
                dice.pick(List.of(0, 3, 20, 60)),
                dice.pick(List.of(40, 200, 1500)),
                dice.chance(35));
    }

    /** Every legal triple is possible. */
    private static Quorum any(Dice dice, int ensembleMax) {
        int ensemble = 1 + dice.below(ensembleMax);
        int write = 1 + dice.below(ensemble);
        return new Quorum(ensemble, write, 1 + dice.below(write));
    }
}
