package dev.daybook.client.meta.audit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.daybook.client.LedgerException;
import dev.daybook.client.meta.MetadataStore;
import dev.daybook.client.meta.audit.AuditorReport.Course;
import dev.daybook.client.meta.memory.InMemoryMetadataStore;
import dev.daybook.core.audit.Search;
import dev.daybook.protocol.model.BookieId;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class AuditorReportsTest {
    private final MetadataStore store = new InMemoryMetadataStore();
    private final AuditorReports reports = new AuditorReports(store.records());

    private static AuditorReport report(String auditor, long term) {
        return new AuditorReport(
                auditor,
                term,
                10,
                20,
                Set.of(new BookieId("b2:3181"), new BookieId("b1:3181")),
                Map.of(
                        Search.LOST_BOOKIES, Course.NOTHING.begunAt(5),
                        Search.PLACEMENT,
                                Course.NOTHING.begunAt(5).endedAt(7, true, 3).dueAt(900)));
    }

    private boolean write(AuditorReport report) {
        return reports.write(report).toCompletableFuture().join();
    }

    @Test
    void whatIsWrittenIsRead() {
        assertThat(reports.read().toCompletableFuture().join()).isEmpty();
        assertThat(write(report("a name of words", 3))).isTrue();
        assertThat(reports.read().toCompletableFuture().join()).contains(report("a name of words", 3));
        assertThat(write(new AuditorReport("b", 3, 0, 0, Set.of(), Map.of()))).isTrue();
        assertThat(reports.read().toCompletableFuture().join())
                .contains(new AuditorReport("b", 3, 0, 0, Set.of(), Map.of()));
    }

    @Test
    void whoWasDeposedOverwritesNothing() {
        assertThat(write(report("new", 8))).isTrue();
        assertThat(write(report("old", 7))).isFalse();
        assertThat(reports.read().toCompletableFuture().join().orElseThrow().auditor())
                .isEqualTo("new");
    }

    @Test
    void linesOfANewerVersionArePassedOverAndRubbishIsSaidToBeSo() {
        String text = new String(AuditorReportFormat.serialize(report("a", 1)), StandardCharsets.UTF_8);
        assertThat(AuditorReportFormat.parse(
                        (text + "mood fine\nsearch SNARKS 1 - partial 0 -\n").getBytes(StandardCharsets.UTF_8)))
                .isEqualTo(report("a", 1));
        for (String rubbish : new String[] {"", "daybook-auditor 2\n", text + "term x\n"}) {
            assertThatThrownBy(() -> AuditorReportFormat.parse(rubbish.getBytes(StandardCharsets.UTF_8)))
                    .isInstanceOf(LedgerException.class)
                    .hasMessageContaining("auditor's report");
        }
    }
}
