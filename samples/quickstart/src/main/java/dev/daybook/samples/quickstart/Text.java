package dev.daybook.samples.quickstart;

import java.util.Locale;
import java.util.concurrent.TimeUnit;

/** Numbers for people, the same in every locale. */
final class Text {
    private static final long MEBIBYTE = 1024 * 1024;

    private Text() {}

    static String number(long value) {
        return String.format(Locale.ROOT, "%,d", value);
    }

    /** What an exception says, without a full stop, so that it can be part of a sentence. */
    static String message(Throwable thrown) {
        String message = String.valueOf(thrown.getMessage());
        return message.endsWith(".") ? message.substring(0, message.length() - 1) : message;
    }

    static String lines(long count) {
        return number(count) + (count == 1 ? " line" : " lines");
    }

    static String seconds(long nanos) {
        return String.format(Locale.ROOT, "%.2f s", (double) nanos / TimeUnit.SECONDS.toNanos(1));
    }

    static String millis(long nanos) {
        return String.format(Locale.ROOT, "%.2f ms", (double) nanos / TimeUnit.MILLISECONDS.toNanos(1));
    }

    /** For example {@code 31,000 lines/s, 1.3 MiB/s}. */
    static String rate(long lines, long bytes, long nanos) {
        double seconds = (double) Math.max(nanos, 1) / TimeUnit.SECONDS.toNanos(1);
        return String.format(
                Locale.ROOT, "%,.0f lines/s, %.1f MiB/s", lines / seconds, (double) bytes / MEBIBYTE / seconds);
    }

    /** For example {@code 2:05} or {@code 1:00:07}. */
    static String clock(long seconds) {
        long minutes = seconds / 60;
        return minutes < 60
                ? String.format(Locale.ROOT, "%d:%02d", minutes, seconds % 60)
                : String.format(Locale.ROOT, "%d:%02d:%02d", minutes / 60, minutes % 60, seconds % 60);
    }
}
