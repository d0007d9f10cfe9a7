package dev.daybook.importer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.daybook.engine.ledger.LedgerRow;
import dev.daybook.importer.source.RecordedBookie;
import dev.daybook.importer.source.SourceBookie;
import dev.daybook.importer.source.SourceFolders;
import dev.daybook.importer.source.StorageUnit;
import dev.daybook.protocol.format.Cookie;
import dev.daybook.protocol.format.CookieFormat;
import dev.daybook.server.identity.BookieFolders;
import dev.daybook.server.identity.FolderCookies;
import dev.daybook.server.shard.BulkWriter;
import dev.daybook.server.shard.StorageConfig;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Comparator;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Imports of the recorded directories; the interoperation tests import those of real bookies. */
class BookieImportTest {
    private static final long CACHE_BYTES = 1 << 20;
    private static final ImportListener NOBODY = (phase, ledgers, total, entries) -> {};

    @TempDir
    private Path folder;

    @ParameterizedTest
    @ValueSource(strings = {"InterleavedLedgerStorage", "SortedLedgerStorage", "DbLedgerStorage"})
    void everythingIsCarriedOver(String storage) throws IOException {
        SourceFolders from = RecordedBookie.in(folder.resolve("old"), storage);
        BookieFolders to = BookieFolders.below(folder.resolve("new"));
        ImportReport report = run(order(from, to, false));
        assertThat(report.bookie()).isEqualTo("bookie1:3181");
        assertThat(report.ledgers()).isEqualTo(2);
        assertThat(report.fencedLedgers()).isEqualTo(1);
        assertThat(report.entries()).isEqualTo(report.verifiedEntries()).isGreaterThanOrEqualTo(33);
        assertThat(report.damaged()).isEmpty();
        assertSame(from, to);
        Cookie cookie =
                CookieFormat.parse(FolderCookies.read(to.journal().get(0)).orElseThrow());
        assertThat(cookie.bookie().value()).isEqualTo("bookie1:3181");
        assertThat(cookie.journalDirs()).containsExactly(to.journal().get(0).toString());
        assertThat(run(order(from, to, false)).alreadyComplete()).isTrue();
    }

    /** Without its mark the whole journal is replayed, over an index that has nothing yet. */
    @ParameterizedTest
    @ValueSource(strings = {"InterleavedLedgerStorage", "SortedLedgerStorage"})
    void whatOnlyTheJournalHasIsCarriedOver(String storage) throws IOException {
        SourceFolders whole = RecordedBookie.in(folder.resolve("whole"), storage);
        SourceFolders from = RecordedBookie.in(folder.resolve("old"), storage);
        Files.delete(folder.resolve("old/ledgers/current/lastMark"));
        Files.delete(folder.resolve("old/index/current/0/0/0.idx"));
        Files.delete(folder.resolve("old/index/current/0/1/1.idx"));
        BookieFolders to = BookieFolders.below(folder.resolve("new"));
        ImportReport report = run(order(from, to, false));
        assertThat(report.entries()).isZero();
        assertThat(report.journalEntries()).isGreaterThanOrEqualTo(33);
        assertSame(whole, to);
    }

    @Test
    void aDryRunWritesNothing() throws IOException {
        SourceFolders from = RecordedBookie.in(folder.resolve("old"), "DbLedgerStorage");
        BookieFolders to = BookieFolders.below(folder.resolve("new"));
        ImportReport report = run(order(from, to, true));
        assertThat(report.entries()).isGreaterThanOrEqualTo(33);
        assertThat(folder.resolve("new")).doesNotExist();
    }

    @Test
    void ledgersThatTheClusterDeletedStayOut() throws IOException {
        SourceFolders from = RecordedBookie.in(folder.resolve("old"), "DbLedgerStorage");
        BookieFolders to = BookieFolders.below(folder.resolve("new"));
        ImportReport report = new BookieImport(order(from, to, false), ledgerId -> ledgerId != 1, NOBODY).run();
        assertThat(report.ledgersNotInMetadata()).isEqualTo(1);
        assertThat(report.entries()).isEqualTo(3);
        try (BulkWriter written = BulkWriter.open(StorageConfig.of(to.journal(), to.ledger()))) {
            assertThat(written.rows()).extracting(LedgerRow::ledgerId).containsExactly(0L);
        }
    }

    /** The import fails at its first entry of ledger 1, and is repeated. */
    @Test
    void anInterruptedImportIsContinued() throws IOException {
        SourceFolders from = RecordedBookie.in(folder.resolve("old"), "InterleavedLedgerStorage");
        BookieFolders to = BookieFolders.below(folder.resolve("new"));
        ImportOrder tiny = new ImportOrder(from, to, false, false, 1);
        assertThatThrownBy(() -> new BookieImport(
                                tiny,
                                ledgerId -> {
                                    if (ledgerId == 1) {
                                        throw new IllegalStateException("killed");
                                    }
                                    return true;
                                },
                                NOBODY)
                        .run())
                .hasMessage("killed");
        assertThat(FolderCookies.read(to.ledger().get(0))).isEmpty();
        ImportReport report = run(tiny);
        assertThat(report.resumed()).isTrue();
        assertThat(report.entries()).isEqualTo(report.verifiedEntries() - 3);
        assertSame(from, to);
    }

    @Test
    void unreadableEntriesAreRefusedOrLeaveTheirLedgerInLimbo() throws IOException {
        SourceFolders from = RecordedBookie.in(folder.resolve("old"), "DbLedgerStorage");
        Path log = folder.resolve("old/ledgers/current/1.log");
        Files.write(log, new byte[1000], StandardOpenOption.TRUNCATE_EXISTING);
        BookieFolders to = BookieFolders.below(folder.resolve("new"));
        assertThatThrownBy(() -> run(order(from, to, false)))
                .isInstanceOf(ImportRefused.class)
                .hasMessageContaining("10 entries of the source cannot be read")
                .hasMessageContaining("--skip-damaged");
        ImportReport report = run(new ImportOrder(from, to, false, true, CACHE_BYTES));
        assertThat(report.damaged()).hasSize(10).contains(new EntryKey(1, 9));
        try (BulkWriter written = BulkWriter.open(StorageConfig.of(to.journal(), to.ledger()))) {
            assertThat(written.rows().stream().filter(LedgerRow::limbo))
                    .extracting(LedgerRow::ledgerId)
                    .containsExactly(1L);
        }
    }

    @Test
    void aFolderWithOtherFilesIsRefused() throws IOException {
        SourceFolders from = RecordedBookie.in(folder.resolve("old"), "SortedLedgerStorage");
        BookieFolders to = BookieFolders.below(folder.resolve("new"));
        Files.createDirectories(folder.resolve("new/ledgers/current"));
        Files.writeString(folder.resolve("new/ledgers/current/letter.txt"), "dear");
        assertThatThrownBy(() -> run(order(from, to, false)))
                .isInstanceOf(ImportRefused.class)
                .hasMessageContaining("is not empty");
    }

    private static ImportOrder order(SourceFolders from, BookieFolders to, boolean dryRun) {
        return new ImportOrder(from, to, dryRun, false, CACHE_BYTES);
    }

    private static ImportReport run(ImportOrder order) throws IOException {
        return new BookieImport(order, ledgerId -> true, NOBODY).run();
    }

    private static void assertSame(SourceFolders from, BookieFolders to) throws IOException {
        try (SourceBookie source = SourceBookie.open(from);
                BulkWriter written = BulkWriter.open(StorageConfig.of(to.journal(), to.ledger()))) {
            StorageUnit unit = source.units().get(0);
            List<LedgerRow> rows = written.rows().stream()
                    .sorted(Comparator.comparingLong(LedgerRow::ledgerId))
                    .toList();
            assertThat(rows).hasSize(2);
            for (LedgerRow row : rows) {
                var expected = unit.index().ledger(row.ledgerId()).orElseThrow();
                assertThat(row.masterKey()).isEqualTo(expected.masterKey());
                assertThat(row.fenced()).isEqualTo(expected.fenced());
                assertThat(row.explicitLac().isPresent())
                        .isEqualTo(expected.explicitLac().isPresent());
                assertThat(row.limbo()).isFalse();
                unit.index().forEachEntry(row.ledgerId(), 0, (entryId, location) -> {
                    byte[] body = unit.logs().read(row.ledgerId(), entryId, location);
                    assertThat(written.holds(row.ledgerId(), entryId, body)).isTrue();
                    assertThat(entryId).isLessThanOrEqualTo(row.lastEntryId());
                    return true;
                });
            }
        }
    }
}
