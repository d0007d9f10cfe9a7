package dev.daybook.core.place;

import dev.daybook.protocol.model.BookieId;
import java.util.List;

/**
 * The bookies as last seen. A value: drivers hand a new one to their cores after each change.
 *
 * @param writable bookies that take new entries, sorted, so that a choice depends on the set and the dice only
 */
public record ClusterSnapshot(List<BookieId> writable) {
    public ClusterSnapshot {
        writable = writable.stream().distinct().sorted().toList();
    }
}
