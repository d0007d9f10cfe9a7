package dev.daybook.simulator.bookie;

import dev.daybook.core.effect.Dice;
import dev.daybook.storage.disk.Disk;
import dev.daybook.storage.sim.PowerLoss;
import dev.daybook.storage.sim.SimDisk;
import dev.daybook.storage.sim.SimulatedCrash;
import dev.daybook.storage.sim.Survival;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** The disks of one bookie, which lose their power together. */
final class SimMachine {
    private static final Survival[] SURVIVALS = Survival.values();

    private final SimDisk.Power power = SimDisk.Power.watched(this::beforeStep);
    private final Dice dice;
    private final int journalCount;
    private List<SimDisk> disks;
    private int stepsLeft = Integer.MAX_VALUE;

    SimMachine(Dice dice, int journalCount, int folderCount) {
        this.dice = dice;
        this.journalCount = journalCount;
        this.disks = fresh(folderCount);
    }

    private List<SimDisk> fresh(int folderCount) {
        List<SimDisk> made = new ArrayList<>();
        for (int i = 0; i < journalCount; i++) {
            made.add(new SimDisk("/journal" + i, power));
        }
        for (int i = 0; i < folderCount; i++) {
            made.add(new SimDisk("/ledgers" + i, power));
        }
        return made;
    }

    private void beforeStep(int step) {
        if (stepsLeft < Integer.MAX_VALUE && stepsLeft-- <= 0) {
            stepsLeft = Integer.MAX_VALUE;
            throw new SimulatedCrash(step);
        }
    }

    /** The process dies before one of the next disk operations that change something. */
    void crashWithin(int steps) {
        stepsLeft = dice.below(steps);
    }

    void disarm() {
        stepsLeft = Integer.MAX_VALUE;
    }

    void cutPower() {
        PowerLoss loss = new PowerLoss(disks);
        Random random = new Random(dice.nextLong());
        disks = loss.outcome(SURVIVALS[dice.below(SURVIVALS.length)], random).disks(power);
    }

    void wipe() {
        disks = fresh(disks.size() - journalCount);
    }

    /** Flips one bit somewhere. Returns where, or nothing if there was nothing to flip. */
    String rot() throws IOException {
        // Entry logs and index are read again and again; journals only at starts.
        SimDisk disk = dice.pick(dice.chance(60) ? disks.subList(journalCount, disks.size()) : disks);
        List<String> names = disk.list();
        if (names.isEmpty()) {
            return "";
        }
        // A bookie whose checkpoint is damaged gives up all it has at its next start.
        List<String> lesser =
                names.stream().filter(name -> !name.equals("checkpoint")).toList();
        String name = dice.pick(lesser.isEmpty() || dice.chance(30) ? names : lesser);
        byte[] content = disk.content(name);
        int used = content.length;
        while (used > 0 && content[used - 1] == 0) {
            used--; // What was made ahead is empty, and flips there are seldom interesting.
        }
        if (used == 0) {
            return "";
        }
        int bit = dice.below(used * 8);
        disk.rot(name, bit);
        return disk.path() + "/" + name + " bit " + bit;
    }

    List<Disk> journals() {
        return List.copyOf(disks.subList(0, journalCount));
    }

    List<Disk> folders() {
        return List.copyOf(disks.subList(journalCount, disks.size()));
    }
}
