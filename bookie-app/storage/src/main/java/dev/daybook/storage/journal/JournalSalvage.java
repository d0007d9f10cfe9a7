package dev.daybook.storage.journal;

import dev.daybook.storage.LossConsent;
import dev.daybook.storage.StorageDamage;
import dev.daybook.storage.disk.Disk;
import java.io.IOException;
import java.util.List;
import java.util.Optional;

/**
 * Replays a journal up to the first damage, if it is agreed to do without the rest. No file is changed: a start that is
 * cut short finds the same damage again.
 */
final class JournalSalvage {
    private JournalSalvage() {}

    /** @throws StorageDamage if there is damage, and no consent to go on */
    static JournalEnd scan(JournalScan scan, Disk disk, Optional<JournalPosition> mark, LossConsent consent)
            throws IOException {
        try {
            return scan.scan(mark);
        } catch (StorageDamage damage) {
            if (!consent.goOnWithout(damage)) {
                throw damage;
            }
            // The end that is noted for the file before is none at all, so that the damage shows again.
            return new JournalEnd(newestGeneration(disk, mark), Long.MAX_VALUE, 1);
        }
    }

    /** The next file must come after everything that was, so that no record of a former life counts in it. */
    private static long newestGeneration(Disk disk, Optional<JournalPosition> mark) throws IOException {
        List<Long> present = JournalNames.generations(disk);
        long newest = present.isEmpty() ? 0 : present.get(present.size() - 1);
        return Math.max(newest, mark.map(JournalPosition::generation).orElse(0L));
    }

    /** Where the oldest file that is there begins; empty if there is none. */
    static Optional<JournalPosition> oldest(Disk disk) throws IOException {
        return JournalNames.generations(disk).stream()
                .findFirst()
                .map(generation -> new JournalPosition(generation, JournalHeader.BYTES));
    }
}
