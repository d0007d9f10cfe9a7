package dev.daybook.bench.compare;

import java.util.List;

/**
 * A figure over the runs of a cell: calm runs if there are any, otherwise all.
 *
 * @param calm how many of {@code all} runs were calm; with none the figure is worth little
 */
record Figure(double median, double lowest, double highest, int calm, int all) {
    /** @param values of calm runs if {@code calm} is positive */
    static Figure of(List<Double> values, int calm, int all) {
        List<Double> sorted = values.stream().sorted().toList();
        int half = sorted.size() / 2;
        double median = sorted.size() % 2 == 1 ? sorted.get(half) : (sorted.get(half - 1) + sorted.get(half)) / 2;
        return new Figure(median, sorted.get(0), sorted.get(sorted.size() - 1), calm, all);
    }

    Figure dividedBy(Figure other) {
        return new Figure(
                median / other.median,
                lowest / other.highest,
                highest / other.lowest,
                Math.min(calm, other.calm),
                Math.min(all, other.all));
    }
}
