package dev.daybook.importer;

import java.util.Comparator;

/** Names an entry. */
public record EntryKey(long ledgerId, long entryId) implements Comparable<EntryKey> {
    private static final Comparator<EntryKey> ORDER =
            Comparator.comparingLong(EntryKey::ledgerId).thenComparingLong(EntryKey::entryId);

    @Override
    public int compareTo(EntryKey other) {
        return ORDER.compare(this, other);
    }
}
