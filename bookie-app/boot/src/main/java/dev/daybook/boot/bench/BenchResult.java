package dev.daybook.boot.bench;

import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import org.HdrHistogram.Histogram;
import org.jspecify.annotations.Nullable;

/** What a run showed, for people and for programs. */
public final class BenchResult {
    private static final double[] PERCENTILES = {50, 90, 99, 99.9, 99.99};
    private static final double MILLION = 1e6;

    private final Measurement measurement;
    private final Histogram latencies;
    private final UsageWatch.@Nullable Used used;

    BenchResult(Measurement measurement, UsageWatch.@Nullable Used used) {
        this.measurement = measurement;
        this.latencies = measurement.latencyNanos();
        this.used = used;
    }

    /** @param operation what one latency belongs to */
    String text(String operation) {
        StringBuilder text = new StringBuilder(512);
        double seconds = measurement.seconds();
        line(text, "entries", "%,d   (in %.1f s)", measurement.entries(), seconds);
        line(text, "entries/s", "%,.0f", measurement.entries() / seconds);
        line(text, "MB/s", "%,.2f   (10^6 bytes of payload)", measurement.bytes() / seconds / MILLION);
        StringBuilder row = new StringBuilder(128);
        for (double percentile : PERCENTILES) {
            row.append(String.format(
                    Locale.ROOT, "p%s %s   ", name(percentile), millis(latencies.getValueAtPercentile(percentile))));
        }
        row.append("max ").append(millis(latencies.getMaxValue()));
        line(text, "latency ms", "%s   (per %s)", row, operation);
        if (used != null) {
            line(text, "client", "%.2f us of processor time an entry", micros(used.clientCpuSeconds()));
            if (used.residentBytes() > 0) {
                line(
                        text,
                        "servers",
                        "%.2f us of processor time an entry, %,.0f MB resident, %,.0f bytes an entry handed to the disk",
                        micros(used.serverCpuSeconds()),
                        used.residentBytes() / MILLION,
                        perEntry(used.serverWrittenBytes()));
            }
            line(
                    text,
                    "machine",
                    "%.2f cores used by others, %,.0f bytes an entry written to disks, %,.0f flushes/s",
                    used.otherCores(),
                    perEntry(used.diskWrittenBytes()),
                    used.diskFlushes() / used.seconds());
        }
        return text.toString();
    }

    /** Names carry their units; of an entry that no run measured, nothing is said. */
    Map<String, Object> values() {
        Map<String, Object> values = new LinkedHashMap<>();
        double seconds = measurement.seconds();
        values.put("seconds", seconds);
        values.put("entries", measurement.entries());
        values.put("payloadBytes", measurement.bytes());
        values.put("entriesPerSecond", measurement.entries() / seconds);
        values.put("megabytesPerSecond", measurement.bytes() / seconds / MILLION);
        for (double percentile : PERCENTILES) {
            values.put("p" + name(percentile) + "Micros", latencies.getValueAtPercentile(percentile) / 1e3);
        }
        values.put("maxMicros", latencies.getMaxValue() / 1e3);
        if (used != null) {
            values.put("serverCpuMicrosPerEntry", micros(used.serverCpuSeconds()));
            values.put("clientCpuMicrosPerEntry", micros(used.clientCpuSeconds()));
            values.put("serverResidentBytes", used.residentBytes());
            values.put("serverAnonymousBytes", used.anonymousBytes());
            values.put("serverReadBytesPerEntry", perEntry(used.serverReadBytes()));
            values.put("serverWrittenBytesPerEntry", perEntry(used.serverWrittenBytes()));
            values.put("diskReadBytesPerEntry", perEntry(used.diskReadBytes()));
            values.put("diskWrittenBytesPerEntry", perEntry(used.diskWrittenBytes()));
            values.put("diskFlushesPerSecond", used.diskFlushes() / used.seconds());
            values.put("otherCores", used.otherCores());
        }
        return values;
    }

    private double micros(double cpuSeconds) {
        return cpuSeconds * MILLION / Math.max(1, measurement.entries());
    }

    private double perEntry(long amount) {
        return (double) amount / Math.max(1, measurement.entries());
    }

    private static String name(double percentile) {
        return String.valueOf(percentile).replaceAll("\\.0$", "");
    }

    private static String millis(long valueNanos) {
        return String.format(Locale.ROOT, "%.3f", valueNanos / MILLION);
    }

    private static void line(StringBuilder text, String name, String format, Object... values) {
        text.append(String.format(Locale.ROOT, "%-11s", name))
                .append(String.format(Locale.ROOT, format, values))
                .append(System.lineSeparator());
    }
}
