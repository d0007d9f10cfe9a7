package dev.daybook.server;

import dev.daybook.client.admin.BookieUsage;
import dev.daybook.server.BookieStart.RunningParts;
import dev.daybook.server.disk.DirectoryState;
import dev.daybook.server.disk.DirectoryUsage;
import dev.daybook.server.disk.DiskMonitor;
import dev.daybook.server.shard.StorageUsage;
import java.util.ArrayList;
import java.util.List;

/** Puts together what storage and disk watch know. */
final class UsageReport {
    private UsageReport() {}

    static BookieUsage of(
            RunningParts parts, DiskMonitor disks, boolean readOnly, long startedAtMillis, long nowMillis) {
        StorageUsage storage = parts.bookie().usage();
        return new BookieUsage(
                parts.identity().id(),
                readOnly ? BookieUsage.State.READ_ONLY : BookieUsage.State.WRITABLE,
                parts.config().version(),
                nowMillis,
                startedAtMillis,
                storage.journals(),
                storage.entryLogs(),
                storage.writeCache(),
                storage.ledgers(),
                storage.entries(),
                directories(parts, disks),
                parts.reclamation().status(),
                parts.scrubber().status(parts.bookie().limbo().count()));
    }

    private static List<BookieUsage.Directory> directories(RunningParts parts, DiskMonitor disks) {
        List<BookieUsage.Directory> directories = new ArrayList<>();
        for (DirectoryUsage usage : disks.latest()) {
            if (parts.config().folders().journal().contains(usage.directory())) {
                directories.add(directory(usage, BookieUsage.Kind.JOURNAL, disks));
            }
            if (parts.config().folders().ledger().contains(usage.directory())) {
                directories.add(directory(usage, BookieUsage.Kind.LEDGER, disks));
            }
        }
        return directories;
    }

    private static BookieUsage.Directory directory(DirectoryUsage usage, BookieUsage.Kind kind, DiskMonitor disks) {
        boolean journal = kind == BookieUsage.Kind.JOURNAL;
        boolean full = !journal && usage.state() == DirectoryState.FULL;
        return new BookieUsage.Directory(
                usage.directory().toString(),
                kind,
                usage.totalBytes(),
                usage.totalBytes() - usage.freeBytes(),
                usage.freeBytes(),
                journal ? -1 : disks.thresholds().warn(),
                journal ? -1 : disks.thresholds().full(),
                !full,
                full ? "The disk is full; make room or add bookies." : "");
    }
}
