package dev.daybook.bench.compare;

import java.util.List;
import java.util.Optional;
import java.util.function.ToDoubleFunction;

/** Figures of all runs of a comparison. */
record Figures(List<Run> runs) {
    Figures {
        runs = List.copyOf(runs);
    }

    Optional<Figure> of(String row, String subject, String value) {
        return of(row, subject, run -> run.values().getOrDefault(value, Double.NaN));
    }

    /** @param value NaN where a run has none */
    Optional<Figure> of(String row, String subject, ToDoubleFunction<Run> value) {
        List<Run> cell = runs.stream()
                .filter(run -> run.row().equals(row) && run.subject().equals(subject))
                .filter(run -> !Double.isNaN(value.applyAsDouble(run)))
                .toList();
        if (cell.isEmpty()) {
            return Optional.empty();
        }
        List<Run> calm = cell.stream().filter(Run::isCalm).toList();
        List<Run> used = calm.isEmpty() ? cell : calm;
        return Optional.of(Figure.of(used.stream().map(value::applyAsDouble).toList(), calm.size(), cell.size()));
    }

    List<String> rows() {
        return runs.stream().map(Run::row).distinct().toList();
    }
}
