package dev.daybook.server.shard;

import dev.daybook.client.admin.BookieUsage;
import java.util.List;

/** The part of a {@link BookieUsage} that the request execution and its storage know. */
public record StorageUsage(
        List<BookieUsage.Journal> journals,
        BookieUsage.EntryLogs entryLogs,
        BookieUsage.WriteCache writeCache,
        long ledgers,
        long entries) {
    public StorageUsage {
        journals = List.copyOf(journals);
    }
}
