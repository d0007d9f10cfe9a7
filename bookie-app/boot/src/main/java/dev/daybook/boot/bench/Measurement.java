package dev.daybook.boot.bench;

import java.util.Locale;
import java.util.concurrent.atomic.LongAdder;
import org.HdrHistogram.ConcurrentHistogram;
import org.HdrHistogram.Histogram;

/**
 * Counts and times what completes between the end of the warm-up and the end of the run. Any thread records. What was
 * submitted before the window but completes in it counts with its whole latency: leaving it out would favour slow runs.
 */
final class Measurement {
    private static final long HIGHEST_NANOS = 3_600_000_000_000L;
    private static final int DIGITS = 3;
    private static final double[] PERCENTILES = {50, 90, 99, 99.9, 99.99};

    private final ConcurrentHistogram nanos = new ConcurrentHistogram(1, HIGHEST_NANOS, DIGITS);
    private final LongAdder entries = new LongAdder();
    private final LongAdder bytes = new LongAdder();
    private final long fromNanos;
    private final long untilNanos;

    Measurement(long fromNanos, long untilNanos) {
        this.fromNanos = fromNanos;
        this.untilNanos = untilNanos;
    }

    boolean isOver(long nowNanos) {
        return nowNanos - untilNanos >= 0;
    }

    void completed(long startNanos, long nowNanos, long entryCount, long byteCount) {
        if (nowNanos - fromNanos < 0 || isOver(nowNanos)) {
            return;
        }
        nanos.recordValue(Math.min(HIGHEST_NANOS, Math.max(1, nowNanos - startNanos)));
        entries.add(entryCount);
        bytes.add(byteCount);
    }

    /** @param operation what one latency belongs to */
    String report(String operation) {
        double seconds = (untilNanos - fromNanos) / 1e9;
        StringBuilder text = new StringBuilder(256);
        line(text, "entries", "%,d", entries.sum());
        line(text, "entries/s", "%,.0f", entries.sum() / seconds);
        line(text, "MB/s", "%,.2f   (10^6 bytes of payload)", bytes.sum() / seconds / 1e6);
        Histogram latencies = nanos.copy();
        StringBuilder row = new StringBuilder(128);
        for (double percentile : PERCENTILES) {
            row.append(String.format(
                    Locale.ROOT,
                    "p%s %s   ",
                    String.valueOf(percentile).replaceAll("\\.0$", ""),
                    millis(latencies.getValueAtPercentile(percentile))));
        }
        row.append("max ").append(millis(latencies.getMaxValue()));
        line(text, "latency ms", "%s   (per %s)", row, operation);
        return text.toString();
    }

    private static String millis(long valueNanos) {
        return String.format(Locale.ROOT, "%.3f", valueNanos / 1e6);
    }

    private static void line(StringBuilder text, String name, String format, Object... values) {
        text.append(String.format(Locale.ROOT, "%-11s", name))
                .append(String.format(Locale.ROOT, format, values))
                .append(System.lineSeparator());
    }
}
