package dev.daybook.bench.compare;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** Judges the goals and writes it all down, as Markdown for people and as a map for JSON. */
final class Table {
    private record Column(String title, String value, double factor, String format) {}

    private static final List<Column> DETAILS = List.of(
            new Column("entries/s", "entriesPerSecond", 1, "%,.0f"),
            new Column("MB/s", "megabytesPerSecond", 1, "%,.1f"),
            new Column("p50 ms", "p50Micros", 1e-3, "%,.3f"),
            new Column("p99 ms", "p99Micros", 1e-3, "%,.2f"),
            new Column("p99.9 ms", "p99.9Micros", 1e-3, "%,.2f"),
            new Column("bookie CPU µs", "serverCpuMicrosPerEntry", 1, "%,.2f"),
            new Column("client CPU µs", "clientCpuMicrosPerEntry", 1, "%,.2f"),
            new Column("resident MB", "serverResidentBytes", 1e-6, "%,.0f"),
            new Column("handed to disk B", "serverWrittenBytesPerEntry", 1, "%,.0f"),
            new Column("written by disk B", "diskWrittenBytesPerEntry", 1, "%,.0f"),
            new Column("flushes/s", "diskFlushesPerSecond", 1, "%,.0f"));

    private final Figures figures;

    Table(Figures figures) {
        this.figures = figures;
    }

    String markdown() {
        StringBuilder text = new StringBuilder(8192);
        text.append(
                "| row | goal | Daybook | BookKeeper, throughput tuning | BookKeeper, latency tuning | verdict |\n");
        text.append("| --- | --- | ---: | ---: | ---: | --- |\n");
        for (Goal goal : Goals.ALL) {
            text.append("| ")
                    .append(goal.title())
                    .append(goal.unit().isEmpty() ? "" : ", " + goal.unit())
                    .append(" | ")
                    .append(goal.bounds().stream().map(Goal.Bound::text).collect(Collectors.joining("; ")));
            for (Subject subject : Subject.values()) {
                text.append(" | ").append(cell(goal.figure().apply(figures, subject), 1, goal.format()));
            }
            text.append(" | ").append(verdict(goal)).append(" |\n");
        }
        figures.of(Rows.PROBE, "disk", "p50Micros")
                .ifPresent(probe -> text.append(String.format(
                        Locale.ROOT,
                        "%nThe disk itself: one 4 KiB block into written space, direct and synced, takes %.0f µs"
                                + " (%.0f to %.0f).%n",
                        probe.median(),
                        probe.lowest(),
                        probe.highest())));
        return text.append('\n').append(details()).toString();
    }

    private String verdict(Goal goal) {
        if (goal.bounds().isEmpty()) {
            return "no goal";
        }
        List<String> verdicts = new ArrayList<>();
        for (Goal.Bound bound : goal.bounds()) {
            verdicts.add(bound.judge(goal, figures).map(Goal.Verdict::text).orElse("not measured"));
        }
        return String.join("; ", verdicts);
    }

    private String details() {
        StringBuilder text = new StringBuilder(4096);
        text.append("| run | of | calm/all");
        DETAILS.forEach(column -> text.append(" | ").append(column.title()));
        text.append(" |\n| --- | --- | ---:");
        DETAILS.forEach(column -> text.append(" | ---:"));
        text.append(" |\n");
        for (String row : figures.rows()) {
            for (Subject subject : Subject.values()) {
                Optional<Figure> speed = figures.of(row, subject.id(), "entriesPerSecond");
                if (speed.isEmpty()) {
                    continue;
                }
                text.append("| ").append(row).append(" | ").append(subject.title());
                text.append(" | ")
                        .append(speed.get().calm())
                        .append('/')
                        .append(speed.get().all());
                for (Column column : DETAILS) {
                    text.append(" | ")
                            .append(figures.of(row, subject.id(), column.value())
                                    .map(figure -> String.format(
                                            Locale.ROOT, column.format(), figure.median() * column.factor()))
                                    .orElse("–"));
                }
                text.append(" |\n");
            }
        }
        return text.toString();
    }

    /** The median, the spread if there is one, and {@code !} when no run was calm. */
    private static String cell(Optional<Figure> figure, double factor, String format) {
        if (figure.isEmpty()) {
            return "–";
        }
        Figure value = figure.get();
        String median = String.format(Locale.ROOT, format, value.median() * factor);
        String spread = value.lowest() == value.highest()
                ? ""
                : " (" + String.format(Locale.ROOT, format, value.lowest() * factor) + " to "
                        + String.format(Locale.ROOT, format, value.highest() * factor) + ")";
        return median + spread + (value.calm() == 0 ? " !" : "");
    }

    Map<String, Object> json() {
        List<Map<String, Object>> rows = new ArrayList<>();
        for (Goal goal : Goals.ALL) {
            Map<String, Object> row = new LinkedHashMap<>();
            row.put("row", goal.title());
            row.put("unit", goal.unit());
            for (Subject subject : Subject.values()) {
                goal.figure().apply(figures, subject).ifPresent(figure -> row.put(subject.id(), figure));
            }
            row.put(
                    "verdicts",
                    goal.bounds().stream()
                            .map(bound -> {
                                Map<String, Object> verdict = new LinkedHashMap<>();
                                verdict.put("goal", bound.text());
                                bound.judge(goal, figures).ifPresent(judged -> {
                                    verdict.put("reached", judged.reached());
                                    verdict.put("measured", judged.measured());
                                });
                                return verdict;
                            })
                            .toList());
            rows.add(row);
        }
        return Map.of("rows", rows);
    }
}
