package dev.daybook.core.repair;

import static org.assertj.core.api.Assertions.assertThat;

import dev.daybook.core.repair.CompleteRepair.Outcome.Stalled;
import dev.daybook.core.repair.CompleteRepair.Outcome.Whole;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Random ledgers with random damage: what is repaired is whole, and nothing is ever made worse. */
class LedgerRepairPropertyTest {
    private static final int SEEDS = 4_000;
    private static final int STEPS_MAX = 100_000;
    private static final long FIRST_SEED = System.nanoTime();

    private static void play(List<ScriptedRepairer> repairers, RepairRoom room) {
        repairers.forEach(ScriptedRepairer::start);
        int steps = 0;
        boolean busy = true;
        while (busy) {
            assertThat(steps++).as("a repair ends").isLessThan(STEPS_MAX);
            ScriptedRepairer next = room.dice.pick(repairers);
            busy = next.step() || repairers.stream().anyMatch(ScriptedRepairer::step);
        }
        for (ScriptedRepairer repairer : repairers) {
            assertThat(repairer.outcome()).isPresent();
            repairer.checkPayloads();
        }
    }

    private static void withSeed(long seed, Runnable body) {
        try {
            body.run();
        } catch (AssertionError | RuntimeException e) {
            throw new AssertionError("seed " + seed + ": " + e.getMessage(), e);
        }
    }

    @Test
    void withoutFurtherTroubleEverythingIsRepairedThatCanBe() {
        System.out.println("repairs: first seed " + FIRST_SEED);
        int whole = 0;
        int stalled = 0;
        for (long seed = FIRST_SEED; seed < FIRST_SEED + SEEDS; seed++) {
            RepairRoom room = new RepairRoom(seed);
            ScriptedRepairer repairer = new ScriptedRepairer(room, 0);
            withSeed(seed, () -> play(List.of(repairer), room));
            if (repairer.outcome().orElseThrow() instanceof Whole) {
                whole++;
                withSeed(seed, room::checkWhole);
            } else if (repairer.outcome().orElseThrow() instanceof Stalled stalls) {
                stalled++;
                withSeed(seed, () -> checkExcuses(room, stalls));
            }
        }
        assertThat(whole).isGreaterThan(SEEDS / 10);
        assertThat(stalled).isGreaterThan(SEEDS / 20);
    }

    private static void checkExcuses(RepairRoom room, Stalled stalls) {
        for (Stall stall : stalls.stalls()) {
            switch (stall.reason()) {
                case NO_SOURCE -> assertThat(room.destroyed).isNotEmpty();
                case NO_TARGET ->
                    assertThat(room.available.size() - room.leaving.size()).isLessThan(room.all.size());
                case OPEN -> assertThat(room.record.value().isClosed()).isFalse();
                default -> throw new AssertionError("no reason for " + stall);
            }
        }
    }

    @Test
    void underFaultsNothingGetsWorseAndNothingIsCalledWholeThatIsNot() {
        for (long seed = FIRST_SEED; seed < FIRST_SEED + SEEDS; seed++) {
            RepairRoom room = new RepairRoom(seed);
            ScriptedRepairer repairer = new ScriptedRepairer(room, 10);
            withSeed(seed, () -> play(List.of(repairer), room));
            if (repairer.outcome().orElseThrow() instanceof Whole) {
                withSeed(seed, room::checkWhole);
            }
        }
    }

    @Test
    void aBookieIsCalledRefilledOnlyIfNothingOfItsOwnIsMissing() {
        int refilled = 0;
        for (long seed = FIRST_SEED; seed < FIRST_SEED + SEEDS; seed++) {
            RepairRoom room = new RepairRoom(seed);
            room.forget();
            ScriptedRepairer repairer = new ScriptedRepairer(room, room.dice.chance(50) ? 10 : 0);
            withSeed(seed, () -> play(List.of(repairer), room));
            if (repairer.outcome().orElseThrow() instanceof Whole) {
                refilled++;
                withSeed(seed, room::checkRefilled);
            }
        }
        assertThat(refilled).isGreaterThan(SEEDS / 4);
    }

    @Test
    void twoAtOnceDoNoHarm() {
        for (long seed = FIRST_SEED; seed < FIRST_SEED + SEEDS; seed++) {
            RepairRoom room = new RepairRoom(seed);
            ScriptedRepairer one = new ScriptedRepairer(room, 3);
            ScriptedRepairer other = new ScriptedRepairer(room, 3);
            withSeed(seed, () -> play(List.of(one, other), room));
        }
    }

    /** What is whole costs no copy. */
    @Test
    void aSecondRepairCopiesNothing() {
        for (long seed = FIRST_SEED; seed < FIRST_SEED + SEEDS; seed++) {
            RepairRoom room = new RepairRoom(seed);
            ScriptedRepairer first = new ScriptedRepairer(room, 0);
            withSeed(seed, () -> play(List.of(first), room));
            if (first.outcome().orElseThrow() instanceof Whole) {
                ScriptedRepairer second = new ScriptedRepairer(room, 0);
                withSeed(seed, () -> play(List.of(second), room));
                assertThat(second.tally()).as("seed %d", seed).isEqualTo(RepairTally.NOTHING);
            }
        }
    }
}
