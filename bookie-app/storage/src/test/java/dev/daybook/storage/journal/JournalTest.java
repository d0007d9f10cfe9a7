package dev.daybook.storage.journal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.daybook.engine.journal.JournalRecord;
import dev.daybook.storage.StorageDamage;
import dev.daybook.storage.disk.DiskFile;
import dev.daybook.storage.disk.DiskFullException;
import dev.daybook.storage.memtable.EntryBytes;
import dev.daybook.storage.sim.SimDisk;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class JournalTest {
    private static final JournalConfig CONFIG = new JournalConfig(16384, 1, true);

    private static final int BLOCK = 4096;
    private static final int MARK = 40;

    private SimDisk disk = new SimDisk("/journal", SimDisk.Power.steady());
    private final List<String> replayed = new ArrayList<>();

    private Journal open(Optional<JournalPosition> mark) throws IOException {
        replayed.clear();
        return Journal.open(disk, 0, 1, CONFIG, mark, (position, fact) -> replayed.add(words(fact)));
    }

    private static String words(JournalRecord<EntryBytes> fact) {
        return fact instanceof JournalRecord.Entry<EntryBytes> entry
                ? entry.ledgerId() + "/" + entry.entryId() + " lac " + entry.lac() + " "
                        + entry.payload().length()
                : fact.toString().replaceAll("\\[B@[0-9a-f]+", "bytes");
    }

    private static JournalRecord<EntryBytes> entry(long entryId, int bytes) {
        ByteBuffer body = ByteBuffer.allocate(24 + bytes);
        body.putLong(1).putLong(entryId).putLong(entryId - 1);
        return new JournalRecord.Entry<>(1, entryId, entryId - 1, EntryBytes.ofHeap(body.array()));
    }

    private static JournalPosition commit(Journal journal, JournalRecord<EntryBytes> fact) throws IOException {
        if (!journal.hasRoomFor(fact)) {
            journal.roll(journal.files().make(journal.nextGeneration(), () -> {}));
        }
        journal.append(fact);
        journal.write();
        JournalPosition end = journal.sync();
        journal.publishSynced();
        return end;
    }

    @Test
    void everyKindOfFactComesBackInOrder() throws IOException {
        Journal journal = open(Optional.empty());
        journal.append(new JournalRecord.Key<>(1, new byte[20]));
        journal.append(entry(0, 0));
        journal.append(entry(1, 5000));
        journal.append(new JournalRecord.Fence<>(1));
        journal.append(new JournalRecord.ExplicitLac<>(
                1, 7, ByteBuffer.allocate(20).putLong(1).putLong(7).array()));
        journal.append(new JournalRecord.Limbo<>(1, true, 7));
        journal.append(new JournalRecord.Delete<>(1, 99));
        journal.write();
        journal.sync();

        open(Optional.empty());

        assertThat(replayed)
                .containsExactly(
                        "Key[ledgerId=1, masterKey=bytes]",
                        "1/0 lac -1 24",
                        "1/1 lac 0 5024",
                        "Fence[ledgerId=1]",
                        "ExplicitLac[ledgerId=1, lac=7, bytes=bytes]",
                        "Limbo[ledgerId=1, inLimbo=true, lastEntryId=7]",
                        "Delete[ledgerId=1, deletedMillis=99]");
    }

    @Test
    void aReplayBeginsAtTheMarkAndGoesOverFiles() throws IOException {
        Journal journal = open(Optional.empty());
        JournalPosition mark = journal.syncedEnd();
        for (int i = 0; i < 20; i++) {
            if (i == 7) {
                mark = journal.syncedEnd();
            }
            commit(journal, entry(i, 600));
        }
        assertThat(disk.list()).hasSizeGreaterThan(3);
        journal.files().trim(mark);

        open(Optional.of(mark));

        assertThat(replayed).hasSize(13).startsWith("1/7 lac 6 624").endsWith("1/19 lac 18 624");
    }

    @Test
    void filesBeforeTheMarkAreReused() throws IOException {
        Journal journal = open(Optional.empty());
        for (int i = 0; i < 60; i++) {
            commit(journal, entry(i, 600));
            journal.files().trim(journal.syncedEnd());
        }
        assertThat(disk.list()).hasSizeLessThanOrEqualTo(2);
        JournalPosition mark = journal.syncedEnd();
        commit(journal, entry(60, 10));

        open(Optional.of(mark));

        assertThat(replayed).containsExactly("1/60 lac 59 34");
        assertThat(journal.usage(mark).head()).isEqualTo(journal.syncedEnd());
    }

    @Test
    void aTornTailIsCutOffAndTheNextStartKnowsTheEnd() throws IOException {
        Journal journal = open(Optional.empty());
        commit(journal, entry(0, 100));
        commit(journal, entry(1, 100));
        // The second record loses its bytes, and nothing says that it had been synced.
        flip(1, 2 * BLOCK + MARK + 60);

        Journal next = open(Optional.empty());
        assertThat(replayed).containsExactly("1/0 lac -1 124");
        commit(next, entry(2, 100));

        open(Optional.empty());
        assertThat(replayed).containsExactly("1/0 lac -1 124", "1/2 lac 1 124");
    }

    @Test
    void damageBeforeSyncedRecordsIsRefused() throws IOException {
        Journal journal = open(Optional.empty());
        commit(journal, entry(0, 100));
        commit(journal, entry(1, 100));
        commit(journal, entry(2, 100));
        SimDisk whole = disk;
        for (int offset :
                new int[] {0, 30, BLOCK, BLOCK + 20, BLOCK + MARK, BLOCK + MARK + 60, 2 * BLOCK, 2 * BLOCK + MARK + 10
                }) {
            disk = whole.copy(SimDisk.Power.steady());
            flip(1, offset);
            assertThatThrownBy(() -> open(Optional.empty()))
                    .as("byte %s", offset)
                    .isInstanceOf(StorageDamage.class)
                    .hasMessageContaining("is damaged");
        }
    }

    @Test
    void damageToTheLastGroupIsRefusedOnceItIsSealed() throws IOException {
        Journal journal = open(Optional.empty());
        commit(journal, entry(0, 100));
        journal.seal();
        flip(1, BLOCK + MARK + 60);
        assertThatThrownBy(() -> open(Optional.empty())).isInstanceOf(StorageDamage.class);
    }

    @Test
    void aSealIsOverwrittenByTheNextGroup() throws IOException {
        Journal journal = open(Optional.empty());
        commit(journal, entry(0, 100));
        journal.seal();
        commit(journal, entry(1, 100));
        journal.seal();

        open(Optional.empty());

        assertThat(replayed).containsExactly("1/0 lac -1 124", "1/1 lac 0 124");
    }

    @Test
    void aGroupThatWasLostBeforeAnotherIsNoEnd() throws IOException {
        Journal journal = open(Optional.empty());
        commit(journal, entry(0, 100));
        commit(journal, entry(1, 100));
        commit(journal, entry(2, 100));
        SimDisk whole = disk;
        for (int block = 1; block < 3; block++) {
            disk = whole.copy(SimDisk.Power.steady());
            try (DiskFile file = disk.open(JournalNames.of(1))) {
                file.write((long) block * BLOCK, ByteBuffer.allocate(BLOCK));
            }
            assertThatThrownBy(() -> open(Optional.empty())).isInstanceOf(StorageDamage.class);
        }
    }

    @Test
    void theEndOfAGroupThatWasLostIsMissedByTheNextGroup() throws IOException {
        Journal journal = open(Optional.empty());
        journal.append(entry(0, 100));
        journal.append(entry(1, 600));
        commit(journal, entry(2, 100));
        commit(journal, entry(3, 100));
        // Zeros instead of the second and third record: they look like the padding of the group.
        int firstEnd = BLOCK + MARK + MARK + 24 + 100 + 4;
        try (DiskFile file = disk.open(JournalNames.of(1))) {
            file.write(firstEnd, ByteBuffer.allocate(2 * BLOCK - firstEnd));
        }

        assertThatThrownBy(() -> open(Optional.empty())).isInstanceOf(StorageDamage.class);
    }

    @Test
    void recordsOfAnEarlierLifeOfTheFileAreNoRecords() throws IOException {
        Journal journal = open(Optional.empty());
        for (int i = 0; i < 40; i++) {
            commit(journal, entry(i, 3000));
            journal.files().trim(journal.syncedEnd());
        }
        commit(journal, new JournalRecord.Fence<>(1));
        JournalPosition end = journal.syncedEnd();
        JournalPosition mark = new JournalPosition(end.generation(), BLOCK);

        open(Optional.of(mark));

        assertThat(replayed).endsWith("Fence[ledgerId=1]").hasSize((int) (end.offset() / BLOCK) - 1);
    }

    @Test
    void aFileThatWasMadeAheadCountsOnlyWhenItIsUsed() throws IOException {
        Journal journal = open(Optional.empty());
        commit(journal, entry(0, 100));
        journal.files().make(journal.nextGeneration(), () -> {}).close();
        int files = disk.list().size();

        Journal next = open(Optional.empty());

        assertThat(replayed).containsExactly("1/0 lac -1 124");
        assertThat(disk.list()).hasSize(files);
        assertThat(commit(next, entry(1, 100)).generation()).isEqualTo(2);
    }

    @Test
    void aJournalOpensWithoutSpaceAndGoesOnWhenThereIs() throws IOException {
        Journal journal = open(Optional.empty());
        JournalPosition start = journal.syncedEnd();
        commit(journal, entry(0, 100));
        disk.setFreeBytes(0);

        Journal full = open(Optional.of(start));

        assertThat(replayed).containsExactly("1/0 lac -1 124");
        assertThat(full.hasRoomFor(entry(1, 0))).isFalse();
        full.seal();
        assertThatThrownBy(() -> full.files().make(full.nextGeneration(), () -> {}))
                .isInstanceOf(DiskFullException.class);
        disk.setFreeBytes(Long.MAX_VALUE);
        commit(full, entry(1, 100));
        open(Optional.of(start));
        assertThat(replayed).containsExactly("1/0 lac -1 124", "1/1 lac 0 124");
    }

    @Test
    void aRecordLargerThanAFileHasAFileOfItsOwn() throws IOException {
        Journal journal = open(Optional.empty());
        commit(journal, entry(0, 100));
        commit(journal, entry(1, 40_000));
        commit(journal, entry(2, 100));

        open(Optional.empty());

        assertThat(replayed).containsExactly("1/0 lac -1 124", "1/1 lac 0 40024", "1/2 lac 1 124");
    }

    @Test
    void aMissingFileIsRefused() throws IOException {
        Journal journal = open(Optional.empty());
        JournalPosition start = journal.syncedEnd();
        for (int i = 0; i < 20; i++) {
            commit(journal, entry(i, 600));
        }
        SimDisk whole = disk;
        for (long lost = 1; lost < 3; lost++) {
            disk = whole.copy(SimDisk.Power.steady());
            disk.delete(JournalNames.of(lost));
            assertThatThrownBy(() -> open(Optional.of(start)))
                    .isInstanceOf(StorageDamage.class)
                    .hasMessageContaining("is missing");
        }
    }

    @Test
    void theJournalOfAnotherPlaceIsRefused() throws IOException {
        open(Optional.empty());
        assertThatThrownBy(() -> Journal.open(disk, 0, 2, CONFIG, Optional.empty(), (position, fact) -> {}))
                .isInstanceOf(StorageDamage.class)
                .hasMessageContaining("number 0 of 1");
    }

    private void flip(long generation, int offset) throws IOException {
        disk.flip(JournalNames.of(generation), offset * 8);
    }
}
