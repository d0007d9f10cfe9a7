package dev.daybook.storage.store;

import dev.daybook.storage.StorageDamage;
import dev.daybook.storage.disk.Disk;
import dev.daybook.storage.entrylog.EntryLogs;
import dev.daybook.storage.index.Segment;
import dev.daybook.storage.table.LedgerTableFile;
import java.io.IOException;
import java.util.HashSet;
import java.util.Set;

/** The files of a ledger directory, compared with its checkpoint. */
final class StoreFiles {
    private StoreFiles() {}

    static boolean isStoreFile(String name) {
        return name.endsWith(EntryLogs.SUFFIX)
                || name.endsWith(Segment.suffix())
                || name.endsWith(LedgerTableFile.SUFFIX);
    }

    /** Every log that the checkpoint names must be there in its full length. */
    static void checkLogs(Disk disk, Checkpoint checkpoint) throws IOException {
        for (Checkpoint.LogRef log : checkpoint.logs()) {
            checkLog(disk, log);
        }
    }

    static void checkLog(Disk disk, Checkpoint.LogRef log) throws IOException {
        String name = EntryLogs.nameOf(log.logId());
        if (!disk.exists(name) || disk.size(name) < log.bytes()) {
            throw new StorageDamage("The entry log " + disk.path() + "/" + name
                    + " is missing or too short: restore it, or replace this bookie by a new one and let the "
                    + "cluster restore its copies.");
        }
    }

    static Set<String> namesIn(Checkpoint checkpoint) {
        Set<String> named = new HashSet<>();
        checkpoint.logs().forEach(log -> named.add(EntryLogs.nameOf(log.logId())));
        checkpoint.segments().forEach(segment -> named.add(Segment.nameOf(segment.segmentId())));
        checkpoint.tables().forEach(tableId -> named.add(LedgerTableFile.nameOf(tableId)));
        return named;
    }

    /**
     * Deletes what a job left behind that did not come to its end.
     *
     * @return a number above that of every file that is or was here
     */
    static long deleteOrphans(Disk disk, Checkpoint checkpoint) throws IOException {
        Set<String> named = namesIn(checkpoint);
        long nextFileId = checkpoint.nextFileId();
        for (String name : disk.list()) {
            if (isStoreFile(name)) {
                nextFileId = Math.max(nextFileId, idOf(name) + 1);
            }
            if ((isStoreFile(name) && !named.contains(name)) || name.equals(CheckpointFile.TEMPORARY_NAME)) {
                disk.delete(name);
            }
        }
        return nextFileId;
    }

    private static long idOf(String name) {
        try {
            return Long.parseLong(name.substring(0, name.indexOf('.')), 16);
        } catch (NumberFormatException e) {
            return 0; // Not one of ours, whatever it ends with.
        }
    }
}
