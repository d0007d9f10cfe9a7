package dev.daybook.storage.journal;

import static org.assertj.core.api.Assertions.assertThat;

import dev.daybook.storage.sim.PowerLoss;
import dev.daybook.storage.sim.SimDisk;
import dev.daybook.storage.sim.Survival;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class SpareFileTest {
    private static final JournalConfig CONFIG = new JournalConfig(16384, 1, true);

    /** A file with two names is trimmed by one of them, and then handed out again while it is in use. */
    @Test
    void aFileHasOneNameWheneverThePowerGoesAndWhateverSurvives() throws IOException {
        List<List<String>> found = new ArrayList<>();
        List<SimDisk> disks = new ArrayList<>();
        SimDisk.Power power = SimDisk.Power.watched(call -> disks.forEach(disk -> found.addAll(survivals(disk))));
        SimDisk disk = new SimDisk("/journal", power);
        disk.replace(JournalNames.of(1), new byte[16384]);
        disk.syncDirectory();
        disks.add(disk);
        JournalFiles files = new JournalFiles(disk, CONFIG);

        files.trim(new JournalPosition(2, 4096));
        files.make(3, () -> {}).close();

        assertThat(found).contains(List.of(JournalNames.of(1)), List.of(JournalNames.spareOf(1)));
        assertThat(found).allSatisfy(names -> assertThat(names).hasSize(1));
        assertThat(disk.list()).containsExactly(JournalNames.of(3));
    }

    private static List<List<String>> survivals(SimDisk disk) {
        Random random = new Random(1);
        PowerLoss loss = new PowerLoss(List.of(disk));
        List<List<String>> outcomes = new ArrayList<>();
        for (Survival survival : Survival.values()) {
            for (int i = 0; i < 20; i++) {
                outcomes.add(loss.outcome(survival, random)
                        .disks(SimDisk.Power.steady())
                        .get(0)
                        .list());
            }
        }
        return outcomes;
    }
}
