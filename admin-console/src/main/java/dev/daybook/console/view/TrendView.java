package dev.daybook.console.view;

import dev.daybook.console.cluster.Fact;
import dev.daybook.console.cluster.MarkedLedgers;
import dev.daybook.console.cluster.RepairSnapshot;
import dev.daybook.console.cluster.RepairTrend;
import dev.daybook.protocol.format.WorkerReport;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/**
 * How repair goes on: how much there is, how fast it falls, how long that will take.
 *
 * @param marked ledgers
 * @param lacking bytes that copies have to be made of
 * @param speed bytes per second of all workers together
 * @param pace how fast the number falls, in words
 * @param left how long it takes at that pace, in words; empty if that cannot be said
 * @param points of the line over time, in a field of 600 by 100; empty if there is nothing to draw
 * @param label what the line shows, in words
 * @param rows the same as numbers, the newest first
 */
public record TrendView(
        Num marked, Num lacking, Num speed, String pace, String left, String points, String label, List<Row> rows) {
    private static final int WIDTH = 600;
    private static final int HEIGHT = 100;
    private static final int ROWS_MAX = 12;

    /** One moment. */
    public record Row(When at, Num marked) {}

    public static TrendView of(RepairSnapshot repair, Instant now) {
        RepairTrend trend = repair.trend();
        boolean drawn = trend.samples().size() > 1 && trend.peak() > 0;
        return new TrendView(
                marked(repair.marked()),
                repair.marked()
                        .value()
                        .map(all -> Num.bytes(all.bytesLacking()))
                        .orElse(Num.UNKNOWN),
                repair.workers().value().map(TrendView::speed).orElse(Num.UNKNOWN),
                pace(trend),
                trend.left().map(left -> "about " + Lapse.text(left)).orElse(""),
                drawn ? points(trend) : "",
                drawn ? label(trend, now) : "",
                rows(trend, now));
    }

    public static Num marked(Fact<MarkedLedgers> marked) {
        return marked.value()
                .map(all -> all.more() ? Num.atLeast(all.count()) : Num.count(all.count()))
                .orElse(Num.UNKNOWN);
    }

    private static Num speed(List<WorkerReport> workers) {
        return Num.bytes(workers.stream()
                .mapToLong(worker -> worker.pace().bytesPerSecond())
                .sum());
    }

    private static String pace(RepairTrend trend) {
        return trend.fallPerMinute()
                .map(fall -> {
                    String amount = String.format(Locale.ROOT, Math.abs(fall) < 10 ? "%,.1f" : "%,.0f", Math.abs(fall));
                    if (fall > 0) {
                        return amount + " fewer a minute";
                    }
                    return fall < 0 ? amount + " more a minute" : "no change";
                })
                .orElse("not known yet");
    }

    private static String points(RepairTrend trend) {
        List<RepairTrend.Sample> samples = trend.samples();
        Instant begin = samples.get(0).at();
        double span = Math.max(
                1, Duration.between(begin, samples.get(samples.size() - 1).at()).toMillis());
        return samples.stream()
                .map(sample -> String.format(
                        Locale.ROOT,
                        "%.1f,%.1f",
                        WIDTH * Duration.between(begin, sample.at()).toMillis() / span,
                        HEIGHT - (double) HEIGHT * sample.marked() / trend.peak()))
                .collect(Collectors.joining(" "));
    }

    private static String label(RepairTrend trend, Instant now) {
        RepairTrend.Sample first = trend.samples().get(0);
        RepairTrend.Sample last = trend.samples().get(trend.samples().size() - 1);
        return "Marked ledgers: " + Num.count(first.marked()).text() + " "
                + When.of(first.at(), now).ago() + ", at most "
                + Num.count(trend.peak()).text() + ", now "
                + Num.count(last.marked()).text() + ".";
    }

    private static List<Row> rows(RepairTrend trend, Instant now) {
        List<RepairTrend.Sample> samples = trend.samples();
        List<Row> rows = new ArrayList<>();
        int step = Math.max(1, (samples.size() + ROWS_MAX - 1) / ROWS_MAX);
        for (int i = samples.size() - 1; i >= 0; i -= step) {
            rows.add(new Row(
                    When.of(samples.get(i).at(), now), Num.count(samples.get(i).marked())));
        }
        return rows;
    }
}
