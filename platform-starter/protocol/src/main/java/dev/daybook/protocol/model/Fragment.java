package dev.daybook.protocol.model;

import java.util.List;

/** The ensemble that stores the entries from {@code firstEntryId} up to the next fragment. Order is significant. */
public record Fragment(long firstEntryId, List<BookieId> ensemble) {
    public Fragment {
        if (firstEntryId < 0) {
            throw new IllegalArgumentException("a fragment starts at entry 0 or later, was " + firstEntryId);
        }
        ensemble = List.copyOf(ensemble);
    }
}
