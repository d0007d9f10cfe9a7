package dev.daybook.server.garbage;

import dev.daybook.engine.compaction.CompactionKind;
import java.util.Set;

/**
 * What an operator wants done now. A pass over the metadata and over the entry logs always is part of it.
 *
 * @param mayDeleteAll the deletions are meant, however many they are
 * @param compact kinds of compaction to run although they are not due
 */
public record GarbageRequest(boolean mayDeleteAll, Set<CompactionKind> compact) {
    public GarbageRequest {
        compact = Set.copyOf(compact);
    }
}
