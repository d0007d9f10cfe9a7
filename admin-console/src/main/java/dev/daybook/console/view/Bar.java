package dev.daybook.console.view;

import dev.daybook.console.cluster.DiskFill;
import java.util.Locale;
import java.util.OptionalDouble;

/**
 * A disk as a bar of 100 units with its thresholds.
 *
 * @param width used share, 0 to 100
 * @param text used share in per cent
 * @param kind {@code ok}, {@code warn} or {@code bad}
 * @param warn position of the warning line; empty text if there is none
 * @param full position of the line at which no new entries are taken; empty text if there is none
 * @param label everything in words
 */
public record Bar(
        String width, String text, String kind, String warn, String full, String label, Num used, Num free, Num total) {
    public static Bar of(DiskFill fill) {
        String percent = percent(fill.ratio());
        Num used = Num.bytes(fill.usedBytes());
        Num free = Num.bytes(fill.freeBytes());
        Num total = Num.bytes(fill.totalBytes());
        String label = percent + " used of " + total.text()
                + line(", warns at ", fill.warnRatio())
                + line(", read-only at ", fill.fullRatio());
        String kind = switch (fill.level()) {
            case ROOMY -> "ok";
            case WARN -> "warn";
            case FULL -> "bad";
        };
        return new Bar(
                position(fill.ratio()),
                percent,
                kind,
                fill.warnRatio().isPresent() ? position(fill.warnRatio().getAsDouble()) : "",
                fill.fullRatio().isPresent() ? position(fill.fullRatio().getAsDouble()) : "",
                label,
                used,
                free,
                total);
    }

    private static String line(String words, OptionalDouble ratio) {
        return ratio.isPresent() ? words + percent(ratio.getAsDouble()) : "";
    }

    private static String percent(double ratio) {
        return String.format(Locale.ROOT, "%.1f\u00a0%%", ratio * 100);
    }

    private static String position(double ratio) {
        return String.format(Locale.ROOT, "%.2f", ratio * 100);
    }
}
