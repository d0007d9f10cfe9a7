package dev.daybook.storage.journal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.daybook.engine.journal.JournalRecord;
import dev.daybook.storage.StorageDamage;
import dev.daybook.storage.sim.SimDisk;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class JournalTest {
    private static final JournalConfig CONFIG = new JournalConfig(4096, 4096, 1);

    private SimDisk disk = new SimDisk("/journal", SimDisk.Power.steady());
    private final List<String> replayed = new ArrayList<>();

    private Journal open(Optional<JournalPosition> mark) throws IOException {
        replayed.clear();
        return Journal.open(disk, 0, 1, CONFIG, mark, (position, fact) -> replayed.add(words(fact)));
    }

    private static String words(JournalRecord<byte[]> fact) {
        return fact instanceof JournalRecord.Entry<byte[]> entry
                ? entry.ledgerId() + "/" + entry.entryId() + " lac " + entry.lac() + " " + entry.payload().length
                : fact.toString().replaceAll("\\[B@[0-9a-f]+", "bytes");
    }

    private static JournalRecord<byte[]> entry(long entryId, int bytes) {
        ByteBuffer body = ByteBuffer.allocate(24 + bytes);
        body.putLong(1).putLong(entryId).putLong(entryId - 1);
        return new JournalRecord.Entry<>(1, entryId, entryId - 1, body.array());
    }

    private static JournalPosition commit(Journal journal, JournalRecord<byte[]> fact) throws IOException {
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
            journal.rollIfFull();
        }
        assertThat(disk.list()).hasSizeGreaterThan(3);
        journal.trim(mark);

        open(Optional.of(mark));

        assertThat(replayed).hasSize(13).startsWith("1/7 lac 6 624").endsWith("1/19 lac 18 624");
    }

    @Test
    void filesBeforeTheMarkAreReused() throws IOException {
        Journal journal = open(Optional.empty());
        for (int i = 0; i < 60; i++) {
            commit(journal, entry(i, 600));
            journal.rollIfFull();
            journal.trim(journal.syncedEnd());
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
        flip(1, 512 + 512 + 60);

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
        for (int offset : new int[] {0, 30, 512, 520, 600, 1024, 1100}) {
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
        flip(1, 512 + 60);
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
    void aMissingFileIsRefused() throws IOException {
        Journal journal = open(Optional.empty());
        JournalPosition start = journal.syncedEnd();
        for (int i = 0; i < 20; i++) {
            commit(journal, entry(i, 600));
            journal.rollIfFull();
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
