package dev.daybook.core.read;

import java.util.List;

/**
 * What one bookie returned for a batch read, in entry order from the first entry on. Every entry in it is verified; what
 * followed the first damaged one was dropped by the driver.
 *
 * @param damaged whether something was dropped
 */
public record BatchAnswer<P>(List<VerifiedEntry<P>> entries, boolean damaged) {
    public BatchAnswer {
        entries = List.copyOf(entries);
    }
}
