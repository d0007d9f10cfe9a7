package dev.daybook.bench.compare;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TableTest {
    @TempDir
    Path folder;

    @Test
    void disturbedRunsCountOnlyWithoutCalmOnes() {
        Figures figures = new Figures(
                List.of(cpu(Subject.DAYBOOK, 3, 0.1), cpu(Subject.DAYBOOK, 5, 0.2), cpu(Subject.DAYBOOK, 99, 1.5)));
        Figure figure =
                figures.of(Rows.WRITE, "daybook", "serverCpuMicrosPerEntry").orElseThrow();
        assertThat(figure).isEqualTo(new Figure(4, 3, 5, 2, 3));

        Figures disturbed = new Figures(List.of(cpu(Subject.DAYBOOK, 99, 1.5)));
        assertThat(disturbed.of(Rows.WRITE, "daybook", "serverCpuMicrosPerEntry"))
                .contains(new Figure(99, 99, 99, 0, 1));
    }

    @Test
    void theBetterTuningOfTheReferenceCounts() {
        List<Run> runs =
                List.of(cpu(Subject.DAYBOOK, 4, 0), cpu(Subject.THROUGHPUT, 10, 0), cpu(Subject.LATENCY, 7, 0));
        String row = new Table(new Figures(runs))
                .markdown()
                .lines()
                .filter(line -> line.startsWith("| bookie CPU"))
                .findFirst()
                .orElseThrow();
        assertThat(row).contains("| 4.00 | 10.00 | 7.00 | **missed by 14 %** (0.57) |");
    }

    @Test
    void whatWasNotMeasuredIsSaidSo() {
        assertThat(new Table(new Figures(List.of())).markdown())
                .contains("not measured")
                .doesNotContain("reached");
    }

    @Test
    void runsSurviveAsLines() {
        RunLog log = new RunLog(folder.resolve("runs.jsonl"));
        Run run = cpu(Subject.DAYBOOK, 4, 0.3).with("p50Micros", 1.5);
        log.add(run);
        log.add(cpu(Subject.LATENCY, 7, 0.6));
        assertThat(RunLog.read(folder.resolve("runs.jsonl"))).contains(run).hasSize(2);
    }

    private static Run cpu(Subject subject, double micros, double others) {
        return new Run(Rows.WRITE, subject.id(), 1, others, Map.of("serverCpuMicrosPerEntry", micros));
    }
}
