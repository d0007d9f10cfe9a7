package dev.daybook.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.daybook.client.admin.BookieUsage;
import dev.daybook.client.meta.BookieRecord;
import dev.daybook.client.meta.memory.InMemoryMetadataStore;
import dev.daybook.server.BookieServerConfig.DiskCheck;
import dev.daybook.server.disk.DiskThresholds;
import dev.daybook.server.net.Eventually;
import dev.daybook.server.scrub.ScrubConfig;
import dev.daybook.server.shard.JournalSettings;
import dev.daybook.server.shard.StorageConfig;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Real bookies whose journal or ledger directory, where the index lies too, runs full. They turn read-only and say so,
 * start again while the disk is full, lose nothing, and write again when there is space.
 */
class FullDiskTest {
    private static final DiskThresholds USUAL = DiskThresholds.DEFAULT;

    /** Nobody looks ahead: the storage itself meets the end of the space. */
    private static final DiskCheck BLIND =
            new DiskCheck(new DiskThresholds(0.9999, 0.9999, 0.9999), Duration.ofHours(1), 1 << 20);

    private static final DiskCheck WATCHFUL = new DiskCheck(USUAL, Duration.ofMillis(20), 1 << 20);

    @TempDir
    Path folder;

    private final InMemoryMetadataStore cluster = new InMemoryMetadataStore();

    private BookieServerConfig config(DiskCheck disks) {
        BookieServerConfig plain = TestBookies.config(folder, "b1", 0);
        StorageConfig storage = new StorageConfig(
                plain.folders().journal(),
                plain.folders().ledger(),
                1,
                1,
                new JournalSettings(1 << 20, true, 2 << 20, 64 << 10),
                4 << 20,
                2 << 20,
                1 << 20,
                1 << 20,
                Duration.ofMillis(50));
        return new BookieServerConfig(
                "",
                plain.net(),
                plain.identity(),
                plain.folders(),
                storage,
                disks,
                plain.garbage(),
                ScrubConfig.DEFAULT,
                Optional.empty(),
                true,
                false,
                false,
                false);
    }

    @Test
    void aLedgerVolumeThatFillsUpIsNoticedBeforeItsEnd() throws IOException {
        try (SmallVolume volume = SmallVolume.mount(folder.resolve("ledgers"), 24)) {
            fillsUpAndComesBack(WATCHFUL, volume);
        }
    }

    @Test
    void aLedgerVolumeWithoutAnySpaceIsNoLoss() throws IOException {
        try (SmallVolume volume = SmallVolume.mount(folder.resolve("ledgers"), 24)) {
            fillsUpAndComesBack(BLIND, volume);
        }
    }

    private void fillsUpAndComesBack(DiskCheck disks, SmallVolume volume) throws IOException {
        long written;
        try (BookieServer bookie = TestBookies.started(config(disks), cluster);
                EntryPeer peer = new EntryPeer(bookie.port(), 32 << 10, 0)) {
            assertThat(peer.addUntilRefused(2000)).contains(EntryPeer.READ_ONLY);
            isReadOnlyAndSaysSo(bookie);
            peer.readsEverythingBack();
            written = peer.next();
            assertThat(written).isGreaterThan(100);
        }
        try (BookieServer bookie = TestBookies.started(config(disks), cluster);
                EntryPeer peer = new EntryPeer(bookie.port(), 32 << 10, written)) {
            isReadOnlyAndSaysSo(bookie);
            peer.readsEverythingBack();
            volume.resize(64);
            writesAgain(bookie, peer);
            written = peer.next();
        }
        keeps(written, 32 << 10);
    }

    @Test
    void aJournalVolumeWithoutSpaceForAnotherFileIsNoLoss() throws IOException {
        long written;
        int entryBytes = 4 << 10;
        try (SmallVolume volume = SmallVolume.mount(folder.resolve("journal"), 8)) {
            try (BookieServer bookie = TestBookies.started(config(BLIND), cluster);
                    EntryPeer peer = new EntryPeer(bookie.port(), entryBytes, 0)) {
                assertThat(peer.add()).contains(0);
                deleteSpareJournalFiles();
                volume.fill();
                assertThat(peer.addUntilRefused(2000)).contains(EntryPeer.READ_ONLY);
                isReadOnlyAndSaysSo(bookie);
                peer.readsEverythingBack();
                volume.empty();
                writesAgain(bookie, peer);
                written = peer.next();
            }
            try (BookieServer bookie = TestBookies.started(config(BLIND), cluster);
                    EntryPeer peer = new EntryPeer(bookie.port(), entryBytes, written)) {
                assertThat(peer.add()).contains(0);
                volume.fill();
                written = peer.next();
            }
            try (BookieServer bookie = TestBookies.started(config(BLIND), cluster);
                    EntryPeer peer = new EntryPeer(bookie.port(), entryBytes, written)) {
                assertThat(bookie.isRunning()).isTrue();
                peer.readsEverythingBack();
                volume.empty();
                writesAgain(bookie, peer);
                written = peer.next();
            }
            keeps(written, entryBytes);
        }
    }

    /** With a second file the bookie may go on for ever: it writes to one while a flush sets the other free. */
    private void deleteSpareJournalFiles() throws IOException {
        try (DirectoryStream<Path> spares = Files.newDirectoryStream(folder.resolve("journal/current"), "*.spare")) {
            for (Path spare : spares) {
                Files.delete(spare);
            }
        }
    }

    private void isReadOnlyAndSaysSo(BookieServer bookie) {
        Eventually.holds("registered as read-only", () -> state() == BookieRecord.State.READ_ONLY);
        assertThat(bookie.isReadOnly()).isTrue();
        assertThat(bookie.isRunning()).isTrue();
        assertThat(bookie.usage().state()).isEqualTo(BookieUsage.State.READ_ONLY);
    }

    private void writesAgain(BookieServer bookie, EntryPeer peer) throws IOException {
        Eventually.holds(
                "registered as writable", () -> state() == BookieRecord.State.WRITABLE && !bookie.isReadOnly());
        for (int i = 0; i < 50; i++) {
            assertThat(peer.add()).contains(0);
        }
        peer.readsEverythingBack();
    }

    private void keeps(long written, int entryBytes) throws IOException {
        try (BookieServer bookie = TestBookies.started(config(WATCHFUL), cluster);
                EntryPeer peer = new EntryPeer(bookie.port(), entryBytes, written)) {
            peer.readsEverythingBack();
        }
    }

    private BookieRecord.State state() {
        return cluster.bookieRecords().toCompletableFuture().join().get(0).state();
    }
}
