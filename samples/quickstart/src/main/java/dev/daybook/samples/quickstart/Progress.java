package dev.daybook.samples.quickstart;

import java.io.PrintStream;
import java.util.Locale;
import java.util.OptionalLong;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/**
 * One line that is drawn again and again: a bar, percent, lines per second and the time that is left; without a known
 * size only lines and speed. Short runs show nothing. For one thread.
 */
final class Progress {
    private static final long FIRST_NANOS = TimeUnit.MILLISECONDS.toNanos(700);
    private static final long INTERVAL_NANOS = TimeUnit.MILLISECONDS.toNanos(200);
    private static final int BAR_CELLS = 20;

    private final PrintStream out;
    private final String label;
    private final OptionalLong totalBytes;
    private final LongSupplier clock;
    private final boolean enabled;
    private final long startNanos;
    private long nextNanos;
    private int drawnColumns;

    /** @param clock nanoseconds */
    Progress(PrintStream out, String label, OptionalLong totalBytes, boolean enabled, LongSupplier clock) {
        this.out = out;
        this.label = label;
        this.totalBytes = totalBytes;
        this.enabled = enabled;
        this.clock = clock;
        this.startNanos = clock.getAsLong();
        this.nextNanos = startNanos + FIRST_NANOS;
    }

    void advance(long lines, long bytes) {
        if (!enabled) {
            return;
        }
        long now = clock.getAsLong();
        if (now - nextNanos >= 0) {
            nextNanos = now + INTERVAL_NANOS;
            draw(text(lines, bytes, now - startNanos));
        }
    }

    /** Removes the line. */
    void finish() {
        if (drawnColumns > 0) {
            out.print("\r" + " ".repeat(drawnColumns) + "\r");
            out.flush();
            drawnColumns = 0;
        }
    }

    private void draw(String text) {
        out.print("\r" + text + " ".repeat(Math.max(0, drawnColumns - text.length())));
        out.flush();
        drawnColumns = text.length();
    }

    private String text(long lines, long bytes, long elapsedNanos) {
        double seconds = (double) elapsedNanos / TimeUnit.SECONDS.toNanos(1);
        String speed = String.format(Locale.ROOT, "%,d lines  %,.0f lines/s", lines, lines / seconds);
        if (totalBytes.isEmpty() || totalBytes.getAsLong() == 0) {
            return label + "  " + speed;
        }
        double done = Math.min(1, (double) bytes / totalBytes.getAsLong());
        int cells = (int) (done * BAR_CELLS);
        String bar = "#".repeat(cells) + "-".repeat(BAR_CELLS - cells);
        long left = done == 0 ? 0 : Math.round(seconds * (1 - done) / done);
        return String.format(
                Locale.ROOT, "%s [%s] %3d%%  %s  %s left", label, bar, (int) (done * 100), speed, Text.clock(left));
    }
}
