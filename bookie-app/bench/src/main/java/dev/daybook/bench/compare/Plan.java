package dev.daybook.bench.compare;

import java.util.List;

/**
 * How much is measured. The long form is the one whose figures are quoted; the short form fits into half an hour.
 *
 * @param repeats runs of a cell, one of each subject in turn
 * @param soloRepeats runs of cells that need bookies of their own each time
 * @param measuredSeconds of runs in which nothing is put off
 * @param measuredEntries of 1 KiB in runs whose processor time counts. Bookies write entry logs some time after they
 *     acknowledged; runs of a fixed time would spare a slow bookie that work
 * @param freshWarmupSeconds of writes to a bookie that was just started, for its compiler
 * @param fillEntries of 1 KiB, before memory is read
 * @param fillLedgers that they go to, interleaved
 * @param catchUpLedgers read in a catch-up run
 * @param replayEntries of 1 KiB, written before a bookie is killed
 * @param manyLedgers open at once
 * @param referenceManyLedgers whether the reference is given them too
 * @param healLedgers of 1 MB, of which a bookie holds three quarters when it is killed
 * @param foregroundSeconds of the writer beside the repair
 * @param extras whether rows without a goal are measured too
 */
record Plan(
        int repeats,
        int soloRepeats,
        int warmupSeconds,
        int measuredSeconds,
        int measuredEntries,
        int freshWarmupSeconds,
        long fillEntries,
        int fillLedgers,
        int catchUpLedgers,
        long replayEntries,
        int manyLedgers,
        boolean referenceManyLedgers,
        int healLedgers,
        int foregroundSeconds,
        boolean extras,
        List<Subject> subjects) {
    Plan {
        subjects = List.copyOf(subjects);
    }

    static Plan full(int repeats, List<Subject> subjects) {
        return new Plan(
                repeats,
                Math.min(3, repeats),
                4,
                8,
                1_200_000,
                16,
                10_000_000,
                1_000,
                40,
                1_000_000,
                100_000,
                true,
                13_334,
                60,
                true,
                subjects);
    }

    static Plan brief(int repeats, List<Subject> subjects) {
        return new Plan(
                repeats, 1, 3, 5, 600_000, 12, 2_000_000, 1_000, 40, 1_000_000, 100_000, false, 1_500, 15, false,
                subjects);
    }
}
