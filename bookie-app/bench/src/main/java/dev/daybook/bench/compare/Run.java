package dev.daybook.bench.compare;

import java.util.Map;
import java.util.TreeMap;

/**
 * One run of one cell.
 *
 * @param row what was done; the table's rows take their figures from it
 * @param subject id of what was measured
 * @param number of the run in its cell, from 1
 * @param otherCores processor time of processes that take no part, in cores; at more than {@link #CALM_CORES} the run
 *     counts as disturbed
 * @param values figures by name; names carry the unit
 */
record Run(String row, String subject, int number, double otherCores, Map<String, Double> values) {
    static final double CALM_CORES = 0.4;

    Run {
        values = Map.copyOf(values);
    }

    boolean isCalm() {
        return otherCores <= CALM_CORES;
    }

    Run with(String name, double value) {
        Map<String, Double> more = new TreeMap<>(values);
        more.put(name, value);
        return new Run(row, subject, number, otherCores, more);
    }
}
