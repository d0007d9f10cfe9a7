package dev.daybook.server.shard;

import static org.assertj.core.api.Assertions.assertThat;

import dev.daybook.storage.disk.Disk;
import dev.daybook.storage.disk.DiskFullException;
import dev.daybook.storage.sim.Faults;
import dev.daybook.storage.sim.FaultyDisk;
import dev.daybook.storage.sim.SimDisk;
import java.io.IOException;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Lets every storage call of a script fail in turn: once, for good, or for want of space. Whatever happens then, nothing
 * that was promised is lost, and a start on a disk that is still full works.
 * {@code -Ddaybook.fault.seed=N} replays one script.
 */
class FaultTest {
    private static final int STEPS = 40;

    @ParameterizedTest
    @CsvSource({
        "ERROR_ONCE,journal",
        "ERROR_ONCE,ledgers",
        "DEAD,journal",
        "DEAD,ledgers",
        "NO_SPACE,journal",
        "NO_SPACE,ledgers"
    })
    void keepsItsPromisesWhicheverCallFails(Faults.Kind kind, String where) throws IOException {
        long seed = Long.getLong("daybook.fault.seed", new Random().nextLong());
        Faults whole = Faults.none();
        run(seed, where, whole, new Promises(), fresh());
        int states = 0;
        for (int call = 0; call < whole.calls(); call += 1 + whole.calls() / 400) {
            try {
                failAt(seed, where, new Faults(kind, call));
                states++;
            } catch (AssertionError | RuntimeException | IOException e) {
                throw new AssertionError(
                        kind + " on " + where + " at call " + call + ", replay with -Ddaybook.fault.seed=" + seed, e);
            }
        }
        System.out.println(kind + " on " + where + ": " + states + " of " + whole.calls() + " calls, seed " + seed);
        assertThat(states).isPositive();
    }

    private static Machine fresh() {
        return Machine.fresh(1, 1, SimDisk.Power.steady());
    }

    private static void failAt(long seed, String where, Faults faults) throws IOException {
        Machine machine = fresh();
        Promises promises = new Promises();
        boolean wasRunning = false;
        try {
            wasRunning = run(seed, where, faults, promises, machine);
        } catch (IOException refused) {
            assertThat(refused.getMessage()).isNotBlank();
        }
        if (wasRunning && faults.kind() == Faults.Kind.NO_SPACE) {
            // The disk is still full.
            promises.settle(start(machine.fork(SimDisk.Power.steady()), where, faults));
        }
        promises.settle(StepBookie.start(machine.fork(SimDisk.Power.steady()), 100_000));
    }

    /** Returns whether the first start got through. An error in the midst of it all ends the process. */
    private static boolean run(long seed, String where, Faults faults, Promises promises, Machine machine)
            throws IOException {
        StepBookie bookie = start(machine, where, faults);
        CrashScript script = new CrashScript(promises, new Random(seed), true);
        for (int i = 0; i < STEPS && bookie.fatal.isEmpty(); i++) {
            try {
                script.play(bookie, 1);
            } catch (DiskFullException full) {
                assertThat(full).hasMessageContaining("no space");
            } catch (IOException e) {
                return true;
            }
        }
        return true;
    }

    private static StepBookie start(Machine machine, String where, Faults faults) throws IOException {
        boolean journal = where.equals("journal");
        return StepBookie.start(
                journal ? faulty(machine.journalDisks(), faults) : machine.journalDisks(),
                journal ? machine.ledgerDisks() : faulty(machine.ledgerDisks(), faults),
                3000);
    }

    private static List<Disk> faulty(List<Disk> disks, Faults faults) {
        return disks.stream().<Disk>map(disk -> new FaultyDisk(disk, faults)).toList();
    }
}
