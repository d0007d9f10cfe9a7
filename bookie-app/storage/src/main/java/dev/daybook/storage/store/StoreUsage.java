package dev.daybook.storage.store;

import java.util.List;

/**
 * @param logs newest last
 * @param entries rows of the index; an entry added again may count twice until segments are merged
 */
public record StoreUsage(List<Log> logs, long entries) {
    /** @param open true while entries are appended to it */
    public record Log(int logId, long bytes, boolean open) {}

    public StoreUsage {
        logs = List.copyOf(logs);
    }
}
