package dev.daybook.server.shard;

import dev.daybook.storage.disk.Disk;
import dev.daybook.storage.sim.PowerLoss;
import dev.daybook.storage.sim.SimDisk;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;

/** The disks of one simulated bookie, which lose their power together. */
record Machine(List<SimDisk> journals, List<SimDisk> ledgers) {
    static Machine fresh(int journalCount, int ledgerDirectoryCount, SimDisk.Power power) {
        List<SimDisk> journals = new ArrayList<>();
        for (int i = 0; i < journalCount; i++) {
            journals.add(new SimDisk("/journal" + i, power));
        }
        List<SimDisk> ledgers = new ArrayList<>();
        for (int i = 0; i < ledgerDirectoryCount; i++) {
            ledgers.add(new SimDisk("/ledgers" + i, power));
        }
        return new Machine(journals, ledgers);
    }

    List<SimDisk> disks() {
        List<SimDisk> disks = new ArrayList<>(journals);
        disks.addAll(ledgers);
        return disks;
    }

    /** What is not durable at this moment. */
    PowerLoss powerLoss() {
        return new PowerLoss(disks());
    }

    /** What this machine finds after its power went in the given way. */
    Machine after(PowerLoss.Outcome outcome, SimDisk.Power power) {
        List<SimDisk> found = outcome.disks(power);
        return new Machine(found.subList(0, journals.size()), found.subList(journals.size(), found.size()));
    }

    /** What a new process finds after the old one died: everything, durable or not. */
    Machine fork(SimDisk.Power power) {
        return map(disk -> disk.fork(power));
    }

    /** All of it durable. */
    Machine copy(SimDisk.Power power) {
        return map(disk -> disk.copy(power));
    }

    private Machine map(UnaryOperator<SimDisk> each) {
        return new Machine(
                journals.stream().map(each).toList(), ledgers.stream().map(each).toList());
    }

    List<Disk> journalDisks() {
        return List.copyOf(journals);
    }

    List<Disk> ledgerDisks() {
        return List.copyOf(ledgers);
    }
}
