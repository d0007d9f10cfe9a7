package dev.daybook.bench.compare;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.BiFunction;

/**
 * A row of the table of goals.
 *
 * @param figure of a subject, absent if it was not measured
 * @param format of a figure
 */
record Goal(
        String title,
        String unit,
        String format,
        BiFunction<Figures, Subject, Optional<Figure>> figure,
        List<Bound> bounds) {
    Goal {
        bounds = List.copyOf(bounds);
    }

    static BiFunction<Figures, Subject, Optional<Figure>> value(String row, String value) {
        return (figures, subject) -> figures.of(row, subject.id(), value);
    }

    /** What must hold. */
    sealed interface Bound {
        String text();

        /** @return absent if the figures for it were not measured */
        Optional<Verdict> judge(Goal goal, Figures figures);
    }

    /** The outcome of one bound. */
    record Verdict(boolean reached, double measured, double limit) {
        String text() {
            double distance = Math.abs(measured / limit - 1) * 100;
            return reached
                    ? String.format(Locale.ROOT, "reached (%.2f)", measured)
                    : String.format(Locale.ROOT, "**missed by %.0f %%** (%.2f)", distance, measured);
        }
    }

    private Optional<Double> median(Figures figures, Subject subject) {
        return figure.apply(figures, subject).map(Figure::median);
    }

    /** Not more than a share of the reference's figure, in the better of the tunings given. */
    record AtMostTimes(double limit, List<Subject> references) implements Bound {
        AtMostTimes {
            references = List.copyOf(references);
        }

        @Override
        public String text() {
            return "≤ " + limit + " × " + names(references);
        }

        @Override
        public Optional<Verdict> judge(Goal goal, Figures figures) {
            Optional<Double> best = references.stream()
                    .flatMap(subject -> goal.median(figures, subject).stream())
                    .min(Double::compare);
            return goal.median(figures, Subject.DAYBOOK)
                    .flatMap(ours -> best.map(other -> new Verdict(ours / other <= limit, ours / other, limit)));
        }
    }

    /** Not less than a multiple of the reference's figure, in the better of its tunings. */
    record AtLeastTimes(double limit) implements Bound {
        @Override
        public String text() {
            return "≥ " + limit + " × the better";
        }

        @Override
        public Optional<Verdict> judge(Goal goal, Figures figures) {
            Optional<Double> best = Goals.REFERENCES.stream()
                    .flatMap(subject -> goal.median(figures, subject).stream())
                    .max(Double::compare);
            return goal.median(figures, Subject.DAYBOOK)
                    .flatMap(ours -> best.map(other -> new Verdict(ours / other >= limit, ours / other, limit)));
        }
    }

    record AtMost(double limit, String unit) implements Bound {
        @Override
        public String text() {
            return String.format(Locale.ROOT, "≤ %.0f%s", limit, unit);
        }

        @Override
        public Optional<Verdict> judge(Goal goal, Figures figures) {
            return goal.median(figures, Subject.DAYBOOK).map(ours -> new Verdict(ours <= limit, ours, limit));
        }
    }

    record AtLeast(double limit) implements Bound {
        @Override
        public String text() {
            return "≥ " + limit;
        }

        @Override
        public Optional<Verdict> judge(Goal goal, Figures figures) {
            return goal.median(figures, Subject.DAYBOOK).map(ours -> new Verdict(ours >= limit, ours, limit));
        }
    }

    private static String names(List<Subject> references) {
        if (references.size() > 1) {
            return "the better";
        }
        return references.get(0) == Subject.LATENCY ? "latency tuning" : "throughput tuning";
    }
}
