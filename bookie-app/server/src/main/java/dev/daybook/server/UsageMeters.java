package dev.daybook.server;

import dev.daybook.client.admin.BookieUsage;
import dev.daybook.metrics.BookieMetrics;
import dev.daybook.server.shard.StorageUsage;

/** Reports what the storage holds. A number that the storage cannot tell is left as it was. */
final class UsageMeters {
    private UsageMeters() {}

    static void record(StorageUsage usage, BookieMetrics metrics) {
        long replayBytes = 0;
        boolean known = true;
        for (BookieUsage.Journal journal : usage.journals()) {
            known &= journal.replayBytes() != BookieUsage.UNKNOWN;
            replayBytes += journal.replayBytes();
        }
        if (known) {
            metrics.journalReplayBytes(replayBytes);
        }
        if (usage.writeCache().bytes() != BookieUsage.UNKNOWN) {
            metrics.writeCacheBytes(usage.writeCache().bytes());
        }
        if (usage.entryLogs().bytes() != BookieUsage.UNKNOWN) {
            metrics.entryLogs(usage.entryLogs().count(), usage.entryLogs().bytes());
        }
    }
}
