package dev.daybook.client.log;

/**
 * Where a record stands in its log. Positions of one log are in the order in which its records were appended. The text
 * form {@code segment:entry:slot}, all decimal, is stable: it may be stored and parsed by any later version.
 *
 * @param segment number of the ledger within the log, see {@link LogDescription}
 * @param entry of the ledger
 * @param slot of a record within an entry that holds several; 0 for a record that is a whole entry
 */
public record LogPosition(long segment, long entry, int slot) implements Comparable<LogPosition> {
    /** No record is before it. */
    public static final LogPosition FIRST = new LogPosition(0, 0, 0);

    public LogPosition {
        if (segment < 0 || entry < 0 || slot < 0) {
            throw new IllegalArgumentException(
                    "no part of a position is negative: " + segment + ":" + entry + ":" + slot);
        }
    }

    public static LogPosition of(long segment, long entry) {
        return new LogPosition(segment, entry, 0);
    }

    /** @throws IllegalArgumentException if the text is no position */
    public static LogPosition parse(String text) {
        String[] parts = text.split(":", -1);
        try {
            if (parts.length == 3 && text.matches("[0-9:]+")) {
                return new LogPosition(Long.parseLong(parts[0]), Long.parseLong(parts[1]), Integer.parseInt(parts[2]));
            }
        } catch (NumberFormatException e) {
            throw malformed(text, e);
        }
        throw malformed(text, null);
    }

    private static IllegalArgumentException malformed(
            String text, @org.jspecify.annotations.Nullable NumberFormatException cause) {
        return new IllegalArgumentException(
                "\"" + text + "\" is no position in a log; one looks like 3:1207:0 (segment, entry, slot)", cause);
    }

    /** The position of a record in the next entry of the same ledger, if there is one. */
    public LogPosition nextEntry() {
        return new LogPosition(segment, entry + 1, 0);
    }

    /** The same entry, another slot. */
    public LogPosition withSlot(int newSlot) {
        return new LogPosition(segment, entry, newSlot);
    }

    @Override
    public int compareTo(LogPosition other) {
        int bySegment = Long.compare(segment, other.segment);
        int byEntry = bySegment != 0 ? bySegment : Long.compare(entry, other.entry);
        return byEntry != 0 ? byEntry : Integer.compare(slot, other.slot);
    }

    /** The stable text form. */
    @Override
    public String toString() {
        return segment + ":" + entry + ":" + slot;
    }
}
