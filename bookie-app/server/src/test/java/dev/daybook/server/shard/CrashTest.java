package dev.daybook.server.shard;

import static org.assertj.core.api.Assertions.assertThat;

import dev.daybook.storage.sim.SimDisk;
import dev.daybook.storage.sim.SimulatedCrash;
import dev.daybook.storage.sim.Survival;
import java.io.IOException;
import java.util.Random;
import org.junit.jupiter.api.Test;

/**
 * Cuts the power at storage calls of random scripts and looks whether the bookie keeps its promises after the restart.
 * {@code -Ddaybook.crash.seed=N} replays one script, {@code -Ddaybook.crash.scripts=N} runs that many.
 */
class CrashTest {
    private static final int STEPS = 60;
    private static final int CUTS_PER_SCRIPT = 24;

    @Test
    void keepsItsPromisesWheneverThePowerGoes() throws IOException {
        Long chosen = Long.getLong("daybook.crash.seed");
        int scripts = chosen != null ? 1 : Integer.getInteger("daybook.crash.scripts", 40);
        long firstSeed = chosen != null ? chosen : new Random().nextLong();
        int states = 0;
        for (long seed = firstSeed; seed < firstSeed + scripts; seed++) {
            try {
                states += runScript(seed);
            } catch (AssertionError | RuntimeException | IOException e) {
                throw new AssertionError("seed " + seed + ", replay with -Ddaybook.crash.seed=" + seed, e);
            }
        }
        System.out.println("crash states: " + states + ", first seed: " + firstSeed);
        assertThat(states).isPositive();
    }

    private static int runScript(long seed) throws IOException {
        SimDisk.Power whole = SimDisk.Power.steady();
        Promises promises = new Promises();
        Machine machine = machine(seed, whole);
        play(machine, promises, seed);
        // An orderly look first: without any crash everything must hold too.
        promises.check(StepBookie.start(machine, 100_000), false);
        int states = 0;
        Random cuts = new Random(seed);
        for (int i = 0; i < CUTS_PER_SCRIPT; i++) {
            int cut = cuts.nextInt(whole.steps());
            for (Survival survival : Survival.values()) {
                try {
                    crashOnce(seed, cut, survival, cuts.nextLong());
                } catch (AssertionError | RuntimeException | IOException e) {
                    throw new AssertionError("cut before call " + cut + ", survives: " + survival, e);
                }
                states++;
            }
        }
        return states;
    }

    private static Machine machine(long seed, SimDisk.Power power) {
        Random random = new Random(seed);
        return Machine.fresh(1 + random.nextInt(2), 1 + random.nextInt(2), power);
    }

    private static void crashOnce(long seed, int cut, Survival survival, long chance) throws IOException {
        Random random = new Random(chance);
        Machine machine = machine(seed, SimDisk.Power.cutBefore(cut));
        Promises promises = new Promises();
        try {
            play(machine, promises, seed);
        } catch (SimulatedCrash crash) {
            assertThat(crash).isNotNull();
        }
        promises.powerWasCut();
        // The restart may be cut as well, several times; in the end the power stays.
        while (random.nextInt(3) == 0) {
            machine = machine.afterPowerLoss(survival, random, SimDisk.Power.cutBefore(random.nextInt(40)));
            try {
                StepBookie.start(machine, 1 + random.nextInt(4000));
            } catch (SimulatedCrash crash) {
                assertThat(crash).isNotNull();
            }
        }
        machine = machine.afterPowerLoss(survival, random, SimDisk.Power.steady());
        StepBookie restarted = StepBookie.start(machine, 1 + random.nextInt(4000));
        promises.check(restarted, false);
        // Life goes on: what is promised now is kept too, and what was promised before is not forgotten.
        play(restarted, promises, new Random(chance), 20);
        restarted.commit();
        assertThat(restarted.leakedChunks())
                .as("chunks that were not given back")
                .isZero();
        machine = machine.afterPowerLoss(survival, random, SimDisk.Power.steady());
        promises.check(StepBookie.start(machine, 100_000), false);
    }

    private static void play(Machine machine, Promises promises, long seed) throws IOException {
        play(StepBookie.start(machine, 100_000), promises, new Random(seed), STEPS);
    }

    private static void play(StepBookie bookie, Promises promises, Random random, int steps) throws IOException {
        for (int i = 0; i < steps; i++) {
            playStep(bookie, promises, random);
            if (random.nextInt(3) == 0) {
                bookie.commit();
            }
        }
        bookie.commit();
    }

    private static void playStep(StepBookie bookie, Promises promises, Random random) throws IOException {
        long ledgerId = random.nextInt(5);
        long entryId = random.nextInt(12);
        byte[] body = StepBookie.body(ledgerId, entryId, random.nextInt(300), 0);
        int kind = random.nextInt(100);
        if (kind < 50) {
            bookie.add(ledgerId, entryId, body, false, false, promises.add(ledgerId, entryId, body, false));
        } else if (kind < 58) {
            bookie.add(ledgerId, entryId, body, false, true, promises.add(ledgerId, entryId, body, true));
        } else if (kind < 66) {
            bookie.add(ledgerId, entryId, body, true, false, promises.recoveryAdd(ledgerId, entryId, body));
        } else if (kind < 72) {
            bookie.read(ledgerId, entryId, true, promises.fence(ledgerId));
        } else if (kind < 78) {
            byte[] lac = StepBookie.body(ledgerId, entryId, 4, random.nextInt(100));
            bookie.writeLac(ledgerId, entryId, lac, promises.writeLac(ledgerId, lac));
        } else if (kind < 82) {
            bookie.force(ledgerId, promises.force(ledgerId));
        } else if (kind < 86) {
            if (promises.mayBeDeleted(ledgerId)) {
                bookie.commit();
                bookie.delete(ledgerId, promises.delete(ledgerId));
                bookie.commit();
            }
        } else if (kind < 96) {
            bookie.flush();
        } else {
            bookie.reclaim();
        }
    }
}
