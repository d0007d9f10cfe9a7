package dev.daybook.bench.compare;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** What all stages of a comparison share. */
record Session(Plan plan, Paths paths, MetadataService metadata, LoadGenerator generator, RunLog log) {
    private static final int SETTLE_SECONDS = 4;

    /** Not measured. */
    void warm(Cluster cluster, String arguments) throws InterruptedException {
        say("warm-up of " + cluster.subject().title());
        generator.run(cluster, arguments);
    }

    /** Writes to a bookie that was just started, until its compiler has done most of its work. */
    void warmWrites(Cluster cluster) throws InterruptedException {
        warm(cluster, "write --v2 --warmup 0 --outstanding 1000 --seconds " + plan.freshWarmupSeconds());
    }

    /** Runs a cell on every cluster in turn, as often as planned, each time beginning with another one. */
    void alternate(String row, List<Cluster> clusters, String arguments) throws InterruptedException {
        for (int number = 1; number <= plan.repeats(); number++) {
            for (Cluster cluster : turn(clusters, number)) {
                measure(row, cluster, number, arguments);
            }
        }
    }

    static List<Cluster> turn(List<Cluster> clusters, int number) {
        List<Cluster> order = new ArrayList<>(clusters);
        Collections.rotate(order, -(number - 1));
        return order;
    }

    void measure(String row, Cluster cluster, int number, String arguments) throws InterruptedException {
        record(run(row, cluster, number, arguments));
    }

    /** As {@link #measure}, but the caller adds to the run and records it. */
    Run run(String row, Cluster cluster, int number, String arguments) throws InterruptedException {
        Machine.settle(SETTLE_SECONDS);
        Map<String, Double> values = generator.run(cluster, arguments);
        return new Run(row, cluster.subject().id(), number, values.getOrDefault("otherCores", 0.0), values);
    }

    void record(Run run) {
        log.add(run);
        say(String.format(
                Locale.ROOT,
                "%-16s %-22s %d  %,10.0f entries/s  p50 %,.0f us  p99 %,.0f us  bookies %.2f us/entry  others %.2f cores%s",
                run.row(),
                run.subject(),
                run.number(),
                run.values().getOrDefault("entriesPerSecond", 0.0),
                run.values().getOrDefault("p50Micros", 0.0),
                run.values().getOrDefault("p99Micros", 0.0),
                run.values().getOrDefault("serverCpuMicrosPerEntry", 0.0),
                run.otherCores(),
                run.isCalm() ? "" : "  disturbed"));
    }

    /** The settings of timed runs. */
    String timed() {
        return " --v2 --warmup " + plan.warmupSeconds() + " --seconds " + plan.measuredSeconds();
    }

    /** The settings of runs over a fixed number of bytes, so that what bookies put off weighs the same in each. */
    String counted(int entryBytes) {
        return " --v2 --size " + entryBytes + " --warmup " + plan.warmupSeconds() + " --entries "
                + plan.measuredEntries() / Math.max(1, entryBytes / 1024);
    }

    void say(String text) {
        System.out.println(text);
    }
}
