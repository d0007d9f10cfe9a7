package dev.daybook.server.shard;

import static org.assertj.core.api.Assertions.assertThat;

import dev.daybook.storage.journal.JournalPosition;
import dev.daybook.storage.sim.PowerLoss;
import dev.daybook.storage.sim.SimDisk;
import dev.daybook.storage.sim.SimulatedCrash;
import dev.daybook.storage.sim.Survival;
import java.io.IOException;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;

/**
 * One script, run once. Before each of its storage calls the power goes in several worlds that are forked at that moment:
 * there the bookie is started again and held against what was promised. In the script itself the process is killed, the
 * power goes and the bookie is stopped in order as well, also while it recovers; so the worlds have a past.
 */
final class CrashRun {
    private static final Survival[] SURVIVALS = Survival.values();
    private static final int CACHE_BYTES = 100_000;

    private final Depth depth;
    private final Promises promises = new Promises();
    private final Random script;
    private final Random cuts;
    private final SimDisk.Power power = SimDisk.Power.watched(this::beforeCall);
    private Machine machine;
    private int killBefore = Integer.MAX_VALUE;
    private Optional<StepBookie> running = Optional.empty();

    /** The newest marks that a bookie has relied upon. They never fall. */
    private List<List<JournalPosition>> marks = List.of();

    private long states;

    /**
     * @param outcomesPerCut how many ways in which the power goes are tried before each storage call
     * @param subsetBits up to so many unsynced changes, every subset of them is tried instead
     * @param stepsMax of one script; 0 for scripts of several lives
     */
    record Depth(int outcomesPerCut, int subsetBits, int stepsMax) {
        static Depth sampled(int outcomesPerCut) {
            return new Depth(outcomesPerCut, 0, 0);
        }

        static Depth exhaustive(int subsetBits, int steps) {
            return new Depth(1 << subsetBits, subsetBits, steps);
        }
    }

    CrashRun(long seed, Depth depth) {
        this.depth = depth;
        this.script = new Random(seed);
        this.cuts = new Random(~seed);
        this.machine = Machine.fresh(1 + script.nextInt(2), 1 + script.nextInt(2), power);
    }

    /** Returns how many crash states were restarted and checked. */
    long run() throws IOException {
        if (depth.stepsMax() > 0) {
            new CrashScript(promises, script).play(StepBookie.start(machine, CACHE_BYTES), depth.stepsMax());
            return states;
        }
        int lives = 2 + script.nextInt(4);
        for (int life = 0; life < lives; life++) {
            killBefore = script.nextInt(3) == 0 ? Integer.MAX_VALUE : power.steps() + script.nextInt(120);
            try {
                live();
                killBefore = Integer.MAX_VALUE;
            } catch (SimulatedCrash crash) {
                killBefore = Integer.MAX_VALUE;
                running = Optional.empty();
                die();
            }
        }
        StepBookie last = StepBookie.start(machine, CACHE_BYTES);
        promises.settle(last);
        return states;
    }

    private void live() throws IOException {
        StepBookie bookie = StepBookie.start(machine, script.nextBoolean() ? CACHE_BYTES : 1 + script.nextInt(4000));
        promises.settle(bookie);
        running = Optional.of(bookie);
        new CrashScript(promises, script).play(bookie, 5 + script.nextInt(20));
        running = Optional.empty();
    }

    /** The process alone, or the whole machine. */
    private void die() {
        if (script.nextBoolean()) {
            PowerLoss loss = machine.powerLoss();
            machine = machine.after(loss.outcome(SURVIVALS[script.nextInt(SURVIVALS.length)], script), power);
            promises.powerWasCut();
        }
    }

    private void beforeCall(int call) {
        explore(call);
        if (call >= killBefore) {
            throw new SimulatedCrash(call);
        }
    }

    private void explore(int call) {
        marks = running.map(StepBookie::marks).orElse(marks);
        if (cuts.nextInt(4) == 0) {
            found(call, "the process is killed", this::kill);
        }
        if (cuts.nextInt(4) == 0) {
            found(call, "the process is killed and the power goes during the recovery", this::killAndCut);
        }
        PowerLoss loss = machine.powerLoss();
        if (loss.changes() <= depth.subsetBits()) {
            for (long survivors = 0; survivors < 1L << loss.changes(); survivors++) {
                PowerLoss.Outcome outcome = loss.outcome(survivors);
                found(call, "the power goes, of the changes survive " + outcome, () -> restart(outcome));
            }
        } else {
            sample(call, loss);
        }
    }

    private void sample(int call, PowerLoss loss) {
        Set<PowerLoss.Outcome> seen = new HashSet<>();
        for (int i = 0; i < depth.outcomesPerCut(); i++) {
            Survival survival = SURVIVALS[cuts.nextInt(SURVIVALS.length)];
            PowerLoss.Outcome outcome = loss.outcome(survival, cuts);
            if (seen.add(outcome)) {
                found(call, "the power goes, survival " + survival, () -> restart(outcome));
            }
        }
    }

    private interface World {
        void run() throws IOException;
    }

    private void found(int call, String what, World world) {
        try {
            world.run();
        } catch (AssertionError | RuntimeException | IOException e) {
            throw new CrashFound("before storage call " + call + " " + what + ", state " + (states + 1), e);
        }
    }

    /** The page cache survives. */
    private void kill() throws IOException {
        Promises held = promises.copy();
        StepBookie bookie = StepBookie.start(machine.fork(SimDisk.Power.steady()), CACHE_BYTES);
        checkMarks(bookie);
        held.settle(bookie);
        states++;
    }

    private void killAndCut() throws IOException {
        int cut = cuts.nextInt(40);
        Machine killed = machine.fork(SimDisk.Power.cutBefore(cut));
        try {
            StepBookie.start(killed, cuts.nextBoolean() ? CACHE_BYTES : 1 + cuts.nextInt(4000));
        } catch (SimulatedCrash crash) {
            assertThat(crash).isNotNull();
        }
        PowerLoss.Outcome outcome = killed.powerLoss().outcome(SURVIVALS[cuts.nextInt(SURVIVALS.length)], cuts);
        restart(killed.after(outcome, SimDisk.Power.steady()));
    }

    private void restart(PowerLoss.Outcome outcome) throws IOException {
        restart(machine.after(outcome, SimDisk.Power.steady()));
    }

    private void restart(Machine found) throws IOException {
        Promises held = promises.copy();
        held.powerWasCut();
        StepBookie bookie = StepBookie.start(found, cuts.nextInt(4) == 0 ? 1 + cuts.nextInt(4000) : CACHE_BYTES);
        checkMarks(bookie);
        held.settle(bookie);
        states++;
        if (cuts.nextInt(8) == 0) {
            goOn(found, held, bookie);
        }
    }

    private void checkMarks(StepBookie restarted) {
        for (int i = 0; i < marks.size(); i++) {
            for (int j = 0; j < marks.get(i).size(); j++) {
                assertThat(restarted.marksFound().get(i).get(j))
                        .as("mark of directory %s in journal %s", i, j)
                        .isGreaterThanOrEqualTo(marks.get(i).get(j));
            }
        }
    }

    /** Life goes on after the restart, and the power goes once more. */
    private void goOn(Machine found, Promises held, StepBookie bookie) throws IOException {
        new CrashScript(held, cuts).play(bookie, 6);
        assertThat(bookie.leakedChunks())
                .as("chunks of memory that were not given back")
                .isZero();
        PowerLoss.Outcome outcome = found.powerLoss().outcome(SURVIVALS[cuts.nextInt(SURVIVALS.length)], cuts);
        held.powerWasCut();
        held.settle(StepBookie.start(found.after(outcome, SimDisk.Power.steady()), CACHE_BYTES));
        states++;
    }
}
