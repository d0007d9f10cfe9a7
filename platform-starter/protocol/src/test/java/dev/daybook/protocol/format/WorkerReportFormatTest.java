package dev.daybook.protocol.format;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.daybook.protocol.format.WorkerReport.Done;
import dev.daybook.protocol.format.WorkerReport.Note;
import dev.daybook.protocol.format.WorkerReport.Pace;
import dev.daybook.protocol.model.LedgerId;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class WorkerReportFormatTest {
    private static final WorkerReport REPORT = new WorkerReport(
            "7f",
            "höst \"a\"",
            1,
            1_700_000_000_000L,
            new Pace(4, 1 << 20, 5_000_000_000L),
            new Done(1, 2, 3, 4L << 40),
            new TreeMap<>(Map.of("REPAIRING", 2, "BACK_OFF", 1)),
            new TreeMap<>(Map.of("NO_TARGET", 1)),
            "No bookie may take a copy.\nStart one.",
            List.of(new Note(new LedgerId(Long.MAX_VALUE), "BACK_OFF", true, "why", 7)));

    @Test
    void aReportIsReadAsItWasWritten() {
        assertThat(WorkerReportFormat.parse(WorkerReportFormat.serialize(REPORT)))
                .isEqualTo(REPORT);
    }

    @Test
    void whatAnotherVersionLeftOutOrAddedDoesNotMatter() {
        WorkerReport parsed = WorkerReportFormat.parse(text("id: \"7f\"\nmood: \"good\"\nextra { a: 1 }\n"));
        assertThat(parsed.id()).isEqualTo("7f");
        assertThat(parsed.notes()).isEmpty();
        assertThat(parsed.done()).isEqualTo(new Done(0, 0, 0, 0));
    }

    @Test
    void rubbishIsRefused() {
        assertThatExceptionOfType(MalformedMetadataException.class)
                .isThrownBy(() -> WorkerReportFormat.parse(text("note { ledger: -1 }")));
        assertThatExceptionOfType(MalformedMetadataException.class)
                .isThrownBy(() -> WorkerReportFormat.parse(text("{")));
        assertThatExceptionOfType(MalformedMetadataException.class)
                .isThrownBy(() -> WorkerReportFormat.parseLimits(text("bytesPerSecond: -1")));
    }

    @Test
    void limitsAreReadAsTheyWereWritten() {
        RepairLimits limits = new RepairLimits(5_000_000_000L, 7);
        assertThat(WorkerReportFormat.parseLimits(WorkerReportFormat.serializeLimits(limits)))
                .isEqualTo(limits);
        assertThat(WorkerReportFormat.parseLimits(text(""))).isEqualTo(RepairLimits.NONE);
    }

    private static byte[] text(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
