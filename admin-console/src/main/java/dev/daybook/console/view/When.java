package dev.daybook.console.view;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.Locale;

/**
 * A moment.
 *
 * @param iso for machines
 * @param text to the second, in UTC
 * @param ago in one unit
 */
public record When(String iso, String text, String ago) {
    private static final DateTimeFormatter TEXT = DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss 'UTC'", Locale.ROOT)
            .withZone(ZoneOffset.UTC);

    public static When of(Instant at, Instant now) {
        return new When(at.truncatedTo(ChronoUnit.MILLIS).toString(), TEXT.format(at), ago(at, now));
    }

    public static When ofMillis(long millis, Instant now) {
        return of(Instant.ofEpochMilli(millis), now);
    }

    private static String ago(Instant at, Instant now) {
        long seconds = Duration.between(at, now).toSeconds();
        if (seconds < 0) {
            return "in the future";
        }
        if (seconds < 100) {
            return seconds + " s ago";
        }
        if (seconds < 100 * 60) {
            return seconds / 60 + " min ago";
        }
        return seconds < 48 * 3600 ? seconds / 3600 + " h ago" : seconds / 86_400 + " days ago";
    }
}
