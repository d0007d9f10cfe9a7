package dev.daybook.server.shard;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.daybook.engine.request.Verdict;
import dev.daybook.storage.StorageDamage;
import dev.daybook.storage.disk.DiskFullException;
import dev.daybook.storage.sim.SimDisk;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Disks that lie, fail or are full: what cannot be known is never denied. */
class DamageTest {
    @Test
    void afterAFailedSyncNothingIsAcknowledgedAndTheRestartKeepsWhatWas() throws IOException {
        Machine machine = Machine.fresh(1, 1, SimDisk.Power.steady());
        Promises promises = new Promises();
        StepBookie bookie = StepBookie.start(machine, 100_000);
        byte[] body = StepBookie.body(1, 0, 10, 0);
        bookie.add(
                1, 0, body, false, false, StepBookie.ticket(promises.ledger(1).add(0, body, false)));
        bookie.commit();

        machine.journals().get(0).failSyncs();
        List<Verdict> verdicts = new ArrayList<>();
        for (int entryId = 1; entryId < 3; entryId++) {
            byte[] next = StepBookie.body(1, entryId, 10, 0);
            Told told = promises.ledger(1).add(entryId, next, false);
            bookie.add(1, entryId, next, false, false, StepBookie.ticket((verdict, payload) -> {
                verdicts.add(verdict);
                told.told(verdict, payload);
            }));
            bookie.commit();
        }

        assertThat(verdicts).containsExactly(Verdict.IO_ERROR, Verdict.IO_ERROR);
        assertThat(bookie.fatal).hasSize(1);
        promises.settle(StepBookie.start(machine.copy(SimDisk.Power.steady()), 100_000));
    }

    @Test
    void aFullLedgerDiskKeepsEverythingInTheJournalAndTheFlushIsTriedAgain() throws IOException {
        for (int free = 0; free < 3000; free += 150) {
            Machine machine = Machine.fresh(1, 1, SimDisk.Power.steady());
            Promises promises = new Promises();
            StepBookie bookie = StepBookie.start(machine, 100_000);
            add(bookie, promises, 0, 4);
            SimDisk ledgers = machine.ledgers().get(0);
            ledgers.setFreeBytes(free);
            try {
                bookie.flush();
            } catch (DiskFullException full) {
                assertThat(full).hasMessageContaining("no space");
            }
            promises.settle(bookie);
            promises.settle(StepBookie.start(withSpace(machine), 100_000));
        }
    }

    private static Machine withSpace(Machine machine) {
        return machine.copy(SimDisk.Power.steady());
    }

    @Test
    void aFullJournalDiskEndsTheBookieButLosesNothing() throws IOException {
        for (int free = 0; free < 6000; free += 300) {
            Machine machine = Machine.fresh(1, 1, SimDisk.Power.steady());
            Promises promises = new Promises();
            StepBookie bookie = StepBookie.start(machine, 100_000);
            machine.journals().get(0).setFreeBytes(free);
            add(bookie, promises, 0, 30);
            promises.settle(StepBookie.start(withSpace(machine), 100_000));
        }
    }

    private static void add(StepBookie bookie, Promises promises, int from, int to) {
        Random sizes = new Random(7);
        for (int i = from; i < to; i++) {
            byte[] body = StepBookie.body(i % 3, i, 100 + sizes.nextInt(200), 0);
            bookie.add(
                    i % 3,
                    i,
                    body,
                    false,
                    false,
                    StepBookie.ticket(promises.ledger(i % 3).add(i, body, false)));
            bookie.commit();
        }
    }

    @Test
    void aMissingDirectoryIsRefused() throws IOException {
        Machine machine = Machine.fresh(2, 2, SimDisk.Power.steady());
        Promises promises = new Promises();
        StepBookie bookie = StepBookie.start(machine, 100_000);
        add(bookie, promises, 0, 10);
        bookie.flush();
        for (int lost = 0; lost < 4; lost++) {
            Machine copy = machine.copy(SimDisk.Power.steady());
            List<SimDisk> journals = new ArrayList<>(copy.journals());
            List<SimDisk> ledgers = new ArrayList<>(copy.ledgers());
            (lost < 2 ? journals : ledgers).set(lost % 2, new SimDisk("/wiped", SimDisk.Power.steady()));
            assertThatRefuses(new Machine(journals, ledgers));
        }
        assertThatRefuses(
                new Machine(machine.journals(), List.of(machine.ledgers().get(0))));
        assertThatRefuses(new Machine(List.of(machine.journals().get(1)), machine.ledgers()));
        assertThatRefuses(new Machine(
                machine.journals(),
                List.of(machine.ledgers().get(1), machine.ledgers().get(0))));
    }

    private static void assertThatRefuses(Machine machine) {
        assertThat(catchThrowable(() -> StepBookie.start(machine, 100_000))).isInstanceOf(StorageDamage.class);
    }
}
