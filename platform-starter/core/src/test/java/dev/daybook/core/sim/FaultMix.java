package dev.daybook.core.sim;

import dev.daybook.core.effect.Dice;
import dev.daybook.protocol.model.Quorum;
import java.util.List;

/**
 * What goes wrong in one run, and how often. Drawn anew for every seed, because a fixed mix finds far fewer bugs. Times
 * are ticks of the world's clock.
 */
record FaultMix(
        Quorum quorum,
        int bookies,
        int dropPercent,
        int duplicatePercent,
        int delayMax,
        int longDelayPercent,
        boolean inOrder,
        boolean lateAnswers,
        int requestTimeout,
        int journalDelayMax,
        int crashes,
        int writerPauses,
        int lostSwapPercent,
        int metadataDelayMax,
        int appends,
        int appendGapMax,
        int recoverers,
        int recoverySpread,
        boolean writerCloses) {

    private static final List<Quorum> QUORUMS = List.of(
            new Quorum(3, 3, 2),
            new Quorum(3, 3, 2),
            new Quorum(3, 3, 2),
            new Quorum(3, 2, 2),
            new Quorum(4, 3, 2),
            new Quorum(5, 3, 2),
            new Quorum(3, 3, 3),
            new Quorum(2, 2, 2),
            new Quorum(2, 2, 1),
            new Quorum(3, 2, 1),
            new Quorum(5, 5, 3),
            new Quorum(1, 1, 1));

    static FaultMix draw(Dice dice) {
        Quorum quorum = dice.pick(QUORUMS);
        int delayMax = dice.pick(List.of(3, 10, 40));
        return new FaultMix(
                quorum,
                quorum.ensemble() + dice.below(4),
                dice.pick(List.of(0, 0, 3, 10, 30)),
                dice.pick(List.of(0, 0, 10)),
                delayMax,
                dice.pick(List.of(0, 5, 20)),
                dice.chance(40),
                dice.chance(25),
                3 * delayMax + 10 + dice.below(100),
                dice.pick(List.of(0, 5, 20)),
                dice.pick(List.of(0, 0, 1, 3)),
                dice.pick(List.of(0, 1, 2)),
                dice.pick(List.of(0, 0, 10, 40)),
                dice.pick(List.of(2, 20, 80)),
                1 + dice.below(12),
                dice.pick(List.of(1, 5, 40)),
                1 + dice.below(4),
                dice.pick(List.of(20, 150, 500)),
                dice.chance(30));
    }

    /** The same world once the faults have stopped. */
    FaultMix healed() {
        return new FaultMix(
                quorum,
                bookies,
                0,
                0,
                delayMax,
                0,
                inOrder,
                lateAnswers,
                requestTimeout + 2 * journalDelayMax,
                journalDelayMax,
                0,
                0,
                0,
                metadataDelayMax,
                appends,
                appendGapMax,
                recoverers,
                recoverySpread,
                writerCloses);
    }
}
