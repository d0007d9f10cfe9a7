package dev.daybook.protocol.model;

/** The number that names a ledger in its cluster. Never negative. */
public record LedgerId(long value) implements Comparable<LedgerId> {
    public LedgerId {
        if (value < 0) {
            throw new IllegalArgumentException("a ledger id must not be negative, was " + value);
        }
    }

    /** @throws IllegalArgumentException if the text is not a decimal number from 0 to 2^63 - 1 */
    public static LedgerId parse(String text) {
        try {
            return new LedgerId(Long.parseLong(text.strip()));
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException("\"" + text + "\" is not a ledger id: it must be a decimal number", e);
        }
    }

    @Override
    public int compareTo(LedgerId other) {
        return Long.compare(value, other.value);
    }

    @Override
    public String toString() {
        return Long.toString(value);
    }
}
