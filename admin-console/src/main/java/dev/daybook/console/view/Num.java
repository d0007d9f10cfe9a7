package dev.daybook.console.view;

import java.util.Locale;

/**
 * A number for people and for machines.
 *
 * @param text with unit and grouping
 * @param raw plain digits for {@code data-v}; empty if unknown
 */
public record Num(String text, String raw) {
    public static final Num UNKNOWN = new Num("unknown", "");

    private static final String[] UNITS = {"B", "KiB", "MiB", "GiB", "TiB", "PiB", "EiB"};

    /** Negative means unknown. */
    public static Num count(long value) {
        return value < 0 ? UNKNOWN : new Num(String.format(Locale.ROOT, "%,d", value), Long.toString(value));
    }

    /** Negative means unknown. */
    public static Num bytes(long value) {
        if (value < 0) {
            return UNKNOWN;
        }
        int unit = 0;
        double scaled = value;
        // 1023.95 would be printed as 1024.0 of the smaller unit.
        while (scaled >= 1023.95 && unit < UNITS.length - 1) {
            scaled /= 1024;
            unit++;
        }
        String digits = unit == 0 ? Long.toString(value) : String.format(Locale.ROOT, "%.1f", scaled);
        return new Num(digits + "\u00a0" + UNITS[unit], Long.toString(value));
    }

    /** A lower bound. */
    public static Num atLeast(long value) {
        Num count = count(value);
        return new Num("≥\u00a0" + count.text, count.raw);
    }

    public boolean known() {
        return !raw.isEmpty();
    }
}
