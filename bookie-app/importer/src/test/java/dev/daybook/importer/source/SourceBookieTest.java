package dev.daybook.importer.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.daybook.engine.journal.JournalRecord;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The recorded directories of the peer's three storages, each with three entries in ledger 0 and thirty in ledger 1. */
class SourceBookieTest {
    @TempDir
    private Path folder;

    @ParameterizedTest
    @ValueSource(strings = {"InterleavedLedgerStorage", "SortedLedgerStorage", "DbLedgerStorage"})
    void everyLedgerAndEntryIsFound(String storage) throws IOException {
        try (SourceBookie source = SourceBookie.open(RecordedBookie.in(folder, storage))) {
            assertThat(source.cookie().bookie().value()).isEqualTo("bookie1:3181");
            StorageUnit unit = source.units().get(0);
            assertThat(unit.index().ledgerIds()).containsExactly(0, 1);
            SourceLedger first = unit.index().ledger(0).orElseThrow();
            assertThat(first.masterKey()).hasSize(20);
            assertThat(first.fenced()).isTrue();
            assertThat(first.explicitLac()).isPresent();
            SourceLedger second = unit.index().ledger(1).orElseThrow();
            assertThat(second.fenced()).isFalse();
            assertThat(second.explicitLac()).isEmpty();
            assertThat(entriesOf(unit, 0)).hasSize(3);
            List<byte[]> entries = entriesOf(unit, 1);
            assertThat(entries).hasSizeGreaterThanOrEqualTo(30);
            assertThat(ByteBuffer.wrap(entries.get(29)).getLong(Long.BYTES)).isEqualTo(29);
            source.checkUnchanged();
        }
    }

    private static List<byte[]> entriesOf(StorageUnit unit, long ledgerId) throws IOException {
        List<byte[]> entries = new ArrayList<>();
        unit.index().forEachEntry(ledgerId, 0, (entryId, location) -> {
            entries.add(unit.logs().read(ledgerId, entryId, location));
            return true;
        });
        return entries;
    }

    @ParameterizedTest
    @ValueSource(strings = {"InterleavedLedgerStorage", "SortedLedgerStorage", "DbLedgerStorage"})
    void theJournalIsReplayedFromItsMark(String storage) throws IOException {
        SourceFolders folders = RecordedBookie.in(folder, storage);
        Path markFile = folder.resolve("ledgers/current/lastMark");
        try (SourceBookie source = SourceBookie.open(folders)) {
            assertThat(source.journals().get(0).mark().offset()).isEqualTo(18944);
            assertThat(factsOf(source)).isEmpty();
        }
        Files.delete(markFile);
        try (SourceBookie source = SourceBookie.open(folders)) {
            List<JournalRecord<byte[]>> facts = factsOf(source);
            assertThat(facts.stream().filter(JournalRecord.Entry.class::isInstance))
                    .hasSizeGreaterThanOrEqualTo(33);
            assertThat(facts.stream().filter(JournalRecord.Key.class::isInstance))
                    .hasSize(2);
            assertThat(facts.stream().filter(JournalRecord.Fence.class::isInstance))
                    .hasSize(1);
            assertThat(facts.stream().filter(JournalRecord.ExplicitLac.class::isInstance))
                    .hasSize(1);
        }
    }

    private static List<JournalRecord<byte[]>> factsOf(SourceBookie source) throws IOException {
        List<JournalRecord<byte[]>> facts = new ArrayList<>();
        source.journals().get(0).replay(facts::add);
        return facts;
    }

    @ParameterizedTest
    @ValueSource(strings = {"InterleavedLedgerStorage", "DbLedgerStorage"})
    void nothingIsWrittenToTheSource(String storage) throws IOException {
        SourceFolders folders = RecordedBookie.in(folder, storage);
        List<String> before = fingerprint();
        try (SourceBookie source = SourceBookie.open(folders)) {
            entriesOf(source.units().get(0), 1);
            factsOf(source);
        }
        assertThat(fingerprint()).isEqualTo(before);
    }

    private List<String> fingerprint() throws IOException {
        List<String> lines = new ArrayList<>();
        try (var files = Files.walk(folder)) {
            for (Path file : files.sorted().toList()) {
                lines.add(file + " " + Files.getLastModifiedTime(file) + " " + Files.size(file));
            }
        }
        return lines;
    }

    @ParameterizedTest
    @ValueSource(strings = {"ledgers/current/VERSION", "journal/current/VERSION"})
    void aFolderWithoutCookieIsRefused(String file) throws IOException {
        SourceFolders folders = RecordedBookie.in(folder, "SortedLedgerStorage");
        Files.delete(folder.resolve(file));
        assertThatThrownBy(() -> SourceBookie.open(folders))
                .isInstanceOf(SourceRefused.class)
                .hasMessageContaining("has no cookie");
    }

    @ParameterizedTest
    @ValueSource(strings = {"SortedLedgerStorage"})
    void aMissingIndexFolderIsRefused(String storage) throws IOException {
        SourceFolders folders = RecordedBookie.in(folder, storage);
        assertThatThrownBy(() -> SourceBookie.open(new SourceFolders(folders.journals(), folders.ledgers(), List.of())))
                .isInstanceOf(SourceRefused.class)
                .hasMessageContaining("--from-index");
    }
}
