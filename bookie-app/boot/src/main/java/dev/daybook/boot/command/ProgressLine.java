package dev.daybook.boot.command;

import java.io.PrintStream;
import java.util.Locale;

/** One line on standard error that is written over, at most a few times a second, and only for a person. */
final class ProgressLine implements AutoCloseable {
    private static final long INTERVAL_NANOS = 250_000_000L;
    private static final int BAR_CHARACTERS = 24;
    private static final String ERASE = "\r\u001b[K";

    private final PrintStream out;
    private final boolean shown;
    private long lastNanos;
    private boolean open;

    @SuppressWarnings("SystemConsoleNull") // From Java 22 on a file gets the line, too, which does no harm.
    ProgressLine(boolean quiet) {
        this.out = System.err;
        this.shown = !quiet && System.console() != null;
    }

    /** @param total 0 if it is not known */
    void show(String what, long done, long total, String detail) {
        long now = System.nanoTime();
        if (!shown || (open && now - lastNanos < INTERVAL_NANOS)) {
            return;
        }
        lastNanos = now;
        open = true;
        StringBuilder line = new StringBuilder(ERASE).append(what);
        if (total > 0) {
            double share = Math.min(1.0, (double) done / total);
            int filled = (int) (share * BAR_CHARACTERS);
            line.append(" [")
                    .append("#".repeat(filled))
                    .append(".".repeat(BAR_CHARACTERS - filled))
                    .append(String.format(Locale.ROOT, "] %3.0f %%", share * 100));
        }
        out.print(line.append(' ').append(detail));
        out.flush();
    }

    @Override
    public void close() {
        end();
    }

    void end() {
        if (open) {
            out.print(ERASE);
            out.flush();
            open = false;
        }
    }
}
