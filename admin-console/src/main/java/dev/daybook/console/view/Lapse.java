package dev.daybook.console.view;

import java.time.Duration;

/** A length of time for people. */
public final class Lapse {
    private static final long DAYS_FROM_HOURS = 48;
    private static final long HOURS_FROM_MINUTES = 100;
    private static final long MINUTES_FROM_SECONDS = 100;

    private Lapse() {}

    public static String text(Duration lapse) {
        long seconds = lapse.toSeconds();
        if (seconds < MINUTES_FROM_SECONDS) {
            return seconds + " s";
        }
        if (lapse.toMinutes() < HOURS_FROM_MINUTES) {
            return lapse.toMinutes() + " min";
        }
        return lapse.toHours() < DAYS_FROM_HOURS
                ? lapse.toHours() + " h " + lapse.toMinutesPart() + " min"
                : lapse.toDays() + " days";
    }
}
