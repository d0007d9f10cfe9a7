package dev.daybook.server.shard;

import dev.daybook.storage.disk.Disk;
import dev.daybook.storage.sim.SimDisk;
import dev.daybook.storage.sim.Survival;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

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

    Machine afterPowerLoss(Survival survival, Random random, SimDisk.Power power) {
        return new Machine(
                journals.stream()
                        .map(disk -> disk.afterPowerLoss(survival, random, power))
                        .toList(),
                ledgers.stream()
                        .map(disk -> disk.afterPowerLoss(survival, random, power))
                        .toList());
    }

    Machine copy(SimDisk.Power power) {
        return new Machine(
                journals.stream().map(disk -> disk.copy(power)).toList(),
                ledgers.stream().map(disk -> disk.copy(power)).toList());
    }

    List<Disk> journalDisks() {
        return List.copyOf(journals);
    }

    List<Disk> ledgerDisks() {
        return List.copyOf(ledgers);
    }
}
