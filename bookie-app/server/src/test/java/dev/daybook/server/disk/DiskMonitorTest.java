package dev.daybook.server.disk;

import static org.assertj.core.api.Assertions.assertThat;

import dev.daybook.metrics.BookieMetrics;
import dev.daybook.server.disk.DiskMonitor.Verdict;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class DiskMonitorTest {
    private static final Path A = Path.of("/a");
    private static final Path B = Path.of("/b");
    private static final Path JOURNAL = Path.of("/j");

    private final Map<Path, Long> usedPercent = new HashMap<>(Map.of(A, 10L, B, 10L, JOURNAL, 10L));
    private final DiskMonitor monitor = new DiskMonitor(
            List.of(A, B, JOURNAL),
            List.of(A, B),
            new DiskThresholds(0.80, 0.90, 0.85),
            8,
            directory -> {
                long used = usedPercent.getOrDefault(directory, 0L);
                if (used < 0) {
                    throw new IOException("input/output error");
                }
                return new DiskSpace.Bytes(100, 100 - used);
            },
            BookieMetrics.NONE);

    @Test
    void oneFullLedgerDirectoryIsEnoughAndItStaysFullUntilItIsWellBelow() {
        assertThat(look(A, 89)).isEqualTo(new Verdict.Writable());
        assertThat(look(A, 90)).isEqualTo(new Verdict.ReadOnly());
        assertThat(look(A, 86)).isEqualTo(new Verdict.ReadOnly());
        assertThat(look(A, 84)).isEqualTo(new Verdict.Writable());
        assertThat(look(A, 86)).isEqualTo(new Verdict.Writable());
    }

    @Test
    void whatIsInMemoryMustStillFitWhateverShareThatIs() {
        DiskThresholds late = new DiskThresholds(0.99, 0.99, 0.99);
        DiskMonitor reserving = new DiskMonitor(
                List.of(A),
                List.of(A),
                late,
                8,
                directory -> new DiskSpace.Bytes(100, 100 - usedPercent.getOrDefault(directory, 0L)),
                BookieMetrics.NONE);
        List<Verdict> verdicts = new ArrayList<>();
        for (long used : new long[] {92, 93, 92, 91, 90, 92}) {
            usedPercent.put(A, used);
            verdicts.add(reserving.look());
        }
        assertThat(verdicts)
                .containsExactly(
                        new Verdict.Writable(),
                        new Verdict.ReadOnly(),
                        new Verdict.ReadOnly(),
                        new Verdict.ReadOnly(),
                        new Verdict.Writable(),
                        new Verdict.Writable());
    }

    @Test
    void everyDirectoryHasItsOwnState() {
        assertThat(look(A, 95)).isEqualTo(new Verdict.ReadOnly());
        assertThat(look(B, 95)).isEqualTo(new Verdict.ReadOnly());
        assertThat(look(A, 10)).isEqualTo(new Verdict.ReadOnly());
        assertThat(look(B, 10)).isEqualTo(new Verdict.Writable());
        assertThat(monitor.latest()).extracting(DirectoryUsage::state).containsOnly(DirectoryState.OK);
    }

    @Test
    void aFullJournalDiskIsReportedButDoesNotMakeTheBookieReadOnly() {
        assertThat(look(JOURNAL, 99)).isEqualTo(new Verdict.Writable());
        assertThat(monitor.latest().get(2).state()).isEqualTo(DirectoryState.FULL);
    }

    @Test
    void aDirectoryThatCannotBeLookedAtIsTheEnd() {
        Verdict verdict = look(B, -1);
        assertThat(verdict).isEqualTo(new Verdict.Failed(B, "java.io.IOException: input/output error"));
    }

    private Verdict look(Path directory, long percent) {
        usedPercent.put(directory, percent);
        return monitor.look();
    }
}
