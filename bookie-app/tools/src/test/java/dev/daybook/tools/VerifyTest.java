package dev.daybook.tools;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.daybook.server.identity.BookieFolders;
import dev.daybook.server.shard.BulkWriter;
import dev.daybook.server.shard.StorageConfig;
import dev.daybook.tools.folder.OpenFolders;
import dev.daybook.tools.inspect.Inspection;
import dev.daybook.tools.inspect.InspectionOptions;
import dev.daybook.tools.inspect.InspectionSink;
import dev.daybook.tools.rebuild.IndexRebuild;
import dev.daybook.tools.rebuild.RebuildReport;
import dev.daybook.tools.verify.AffectedLedger;
import dev.daybook.tools.verify.FolderVerification;
import dev.daybook.tools.verify.VerifyReport;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class VerifyTest {
    private static final InspectionOptions ALL = new InspectionOptions(true, true, Optional.empty(), Optional.empty());

    @TempDir
    private Path folder;

    private BookieFolders folders = BookieFolders.below(Path.of(""));

    @BeforeEach
    void fill() throws IOException {
        folders = TestFolder.fill(folder.resolve("bookie"));
    }

    private VerifyReport verify() throws IOException {
        try (OpenFolders open = OpenFolders.open(folders)) {
            return FolderVerification.run(open, 0, (what, bytes, total) -> {});
        }
    }

    @Test
    void aWholeFolderIsClean() throws IOException {
        VerifyReport report = verify();
        assertThat(report.problems()).isEmpty();
        assertThat(report.isClean()).isTrue();
        assertThat(report.ledgers()).isEqualTo(TestFolder.LEDGERS);
        assertThat(report.records()).isEqualTo((long) TestFolder.LEDGERS * TestFolder.ENTRIES);
        assertThat(report.rows()).isEqualTo((long) TestFolder.LEDGERS * TestFolder.ENTRIES);
        assertThat(report.journalFacts()).isEqualTo(TestFolder.FACTS);
        assertThat(report.notes()).isEmpty();
    }

    @Test
    void lookingChangesNothing() throws IOException {
        List<String> before = fingerprint();
        verify();
        inspectAll();
        assertThat(fingerprint()).isEqualTo(before);
    }

    private List<String> fingerprint() throws IOException {
        List<String> lines = new ArrayList<>();
        for (Path file : TestFolder.filesIn(folders)) {
            lines.add(file + " " + Files.size(file) + " " + Files.getLastModifiedTime(file));
        }
        return lines;
    }

    @Test
    void aDamagedEntryIsNamed() throws IOException {
        TestFolder.flip(TestFolder.fileWith(folders, ".entries"), 512 + 40 + 50);
        VerifyReport report = verify();
        assertThat(report.affected()).containsExactly(new AffectedLedger(0, 1, 0, 0));
        assertThat(report.problems()).anyMatch(problem -> problem.startsWith("The body of entry 0 of ledger 0 "));
    }

    @Test
    void aMissingEntryLogIsTold() throws IOException {
        Files.delete(TestFolder.fileWith(folders, ".entries"));
        VerifyReport report = verify();
        assertThat(report.isClean()).isFalse();
        assertThat(report.affected()).hasSize(TestFolder.LEDGERS);
    }

    /** Whatever single byte is damaged, the tool neither fails nor calls damage of what is checked clean. */
    @ParameterizedTest
    @ValueSource(strings = {"checkpoint", ".entries", ".index", ".ledgers", ".journal", "VERSION"})
    void anyByteMayBeDamaged(String suffix) throws IOException {
        Path file = TestFolder.fileWith(folders, suffix);
        long bytes = Math.min(Files.size(file), 9000);
        long step = Math.max(1, bytes / 150);
        int told = 0;
        for (long offset = 0; offset < bytes; offset += step) {
            TestFolder.flip(file, offset);
            told += verify().isClean() ? 0 : 1;
            inspectAll();
            TestFolder.flip(file, offset);
        }
        assertThat(told).isPositive();
        assertThat(verify().isClean()).isTrue();
    }

    private List<String> inspectAll() throws IOException {
        List<String> damage = new ArrayList<>();
        List<Map<String, Object>> records = new ArrayList<>();
        try (OpenFolders open = OpenFolders.open(folders)) {
            Inspection inspection = new Inspection(open, ALL, new InspectionSink() {
                @Override
                public void summary(Map<String, Object> facts) {
                    assertThat(facts).isNotEmpty();
                }

                @Override
                public void record(Map<String, Object> facts) {
                    records.add(facts);
                }

                @Override
                public void damage(String sentence) {
                    damage.add(sentence);
                }
            });
            inspection.cookie();
            inspection.checkpoint();
            inspection.journal();
            inspection.entryLogs(Optional.empty());
            inspection.index();
            inspection.ledgers();
        }
        assertThat(damage.isEmpty() && records.size() < 2 * TestFolder.LEDGERS * TestFolder.ENTRIES)
                .isFalse();
        return damage;
    }

    @Test
    void aWholeFolderIsShownWithoutDamage() throws IOException {
        assertThat(inspectAll()).isEmpty();
    }

    @Test
    void aLostIndexIsRebuilt() throws IOException {
        Files.delete(TestFolder.fileWith(folders, ".index"));
        assertThat(verify().isClean()).isFalse();
        try (OpenFolders open = OpenFolders.open(folders)) {
            RebuildReport dry = IndexRebuild.dryRun(open, count -> {});
            assertThat(dry.directories().get(0).entries()).isEqualTo((long) TestFolder.LEDGERS * TestFolder.ENTRIES);
            assertThat(dry.directories().get(0).damagedSegments()).isEqualTo(1);
        }
        assertThat(verify().isClean()).isFalse();
        RebuildReport report = IndexRebuild.run(folders, count -> {});
        assertThat(report.directories().get(0).entries()).isEqualTo((long) TestFolder.LEDGERS * TestFolder.ENTRIES);
        assertThat(verify().problems()).isEmpty();
    }

    @Test
    void aFolderInUseIsRefused() throws IOException {
        try (BulkWriter writer = BulkWriter.open(StorageConfig.of(folders.journal(), folders.ledger()))) {
            assertThat(writer.rows()).hasSize(TestFolder.LEDGERS);
            assertThatThrownBy(this::verify)
                    .isInstanceOf(IOException.class)
                    .hasMessageContaining("is in use by a running bookie");
        }
    }
}
