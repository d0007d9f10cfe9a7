package dev.daybook.tools.rebuild;

import dev.daybook.engine.ledger.LedgerRow;
import dev.daybook.server.disk.FolderLock;
import dev.daybook.server.identity.BookieFolders;
import dev.daybook.storage.disk.Disk;
import dev.daybook.storage.disk.FileDisk;
import dev.daybook.storage.disk.ReadOnlyDisk;
import dev.daybook.storage.entrylog.EntryLogs;
import dev.daybook.storage.entrylog.RecordHead;
import dev.daybook.storage.index.SegmentRef;
import dev.daybook.storage.store.Checkpoint;
import dev.daybook.storage.store.LedgerStore;
import dev.daybook.storage.store.Rebuilt;
import dev.daybook.storage.store.StoreConfig;
import dev.daybook.storage.store.StoreInspection;
import dev.daybook.tools.folder.OpenFolders;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.LongConsumer;

/** Rebuilds the index of every ledger directory, or says what that would give. */
public final class IndexRebuild {
    /** Of no importance to a rebuild. */
    private static final StoreConfig CONFIG = new StoreConfig(1L << 30, 8);

    private IndexRebuild() {}

    /**
     * Writes the new index; the old one goes when the new one is valid.
     *
     * @param progress told now and then how many records were read since the last time
     * @throws IOException with a sentence if the folders are in use, or more than the index is damaged
     */
    public static RebuildReport run(BookieFolders folders, LongConsumer progress) throws IOException {
        List<RebuildReport.Directory> before = look(folders);
        List<RebuildReport.Directory> directories = new ArrayList<>();
        List<FolderLock> locks = new ArrayList<>();
        try {
            for (Path folder : folders.all()) {
                locks.add(FolderLock.tryLock(folder)
                        .orElseThrow(() -> new IOException(
                                "The folder " + folder + " is in use by a running bookie: stop it first.")));
            }
            for (int i = 0; i < folders.ledger().size(); i++) {
                Path current = folders.ledger().get(i).resolve(OpenFolders.CURRENT);
                try (Disk disk = FileDisk.open(current);
                        LedgerStore store =
                                LedgerStore.open(disk, i, folders.ledger().size(), CONFIG)) {
                    Rebuilt rebuilt = store.rebuildIndex(progress);
                    directories.add(new RebuildReport.Directory(
                            disk.path(),
                            before.get(i).rowsBefore(),
                            before.get(i).damagedSegments(),
                            rebuilt.entries(),
                            rebuilt.bytes(),
                            rebuilt.damagedBytes(),
                            rebuilt.doubtedLedgers()));
                }
            }
        } finally {
            for (FolderLock lock : locks) {
                lock.close();
            }
        }
        return new RebuildReport(false, directories);
    }

    private static List<RebuildReport.Directory> look(BookieFolders folders) throws IOException {
        List<RebuildReport.Directory> found = new ArrayList<>();
        try (OpenFolders open = OpenFolders.open(folders)) {
            for (ReadOnlyDisk disk : open.ledgers()) {
                try (StoreInspection store = StoreInspection.open(disk)) {
                    found.add(new RebuildReport.Directory(
                            disk.path(), rowsOf(store), store.damagedSegments().size(), 0, 0, 0, 0));
                }
            }
        }
        return found;
    }

    private static long rowsOf(StoreInspection store) {
        return store.checkpoint().segments().stream()
                .mapToLong(SegmentRef::rows)
                .sum();
    }

    /** Reads the heads of all records and writes nothing. */
    public static RebuildReport dryRun(OpenFolders folders, LongConsumer progress) throws IOException {
        List<RebuildReport.Directory> directories = new ArrayList<>();
        for (ReadOnlyDisk disk : folders.ledgers()) {
            try (StoreInspection store = StoreInspection.open(disk);
                    EntryLogs logs = new EntryLogs(disk)) {
                Count count = new Count(store.ledgers(), progress);
                long bytes = 0;
                for (Checkpoint.LogRef log : store.checkpoint().logs()) {
                    bytes += log.bytes();
                    logs.scanHeads(log.logId(), log.bytes(), count);
                }
                directories.add(new RebuildReport.Directory(
                        disk.path(),
                        rowsOf(store),
                        store.damagedSegments().size(),
                        count.entries,
                        bytes,
                        count.damagedBytes,
                        count.damagedBytes == 0 ? 0 : count.living()));
            }
        }
        return new RebuildReport(true, directories);
    }

    private static final class Count implements EntryLogs.HeadVisitor {
        private final Map<Long, LedgerRow> ledgers;
        private final LongConsumer progress;
        private long entries;
        private long damagedBytes;

        Count(Map<Long, LedgerRow> ledgers, LongConsumer progress) {
            this.ledgers = ledgers;
            this.progress = progress;
        }

        long living() {
            return ledgers.values().stream().filter(row -> !row.deleted()).count();
        }

        @Override
        public void entry(RecordHead head) {
            progress.accept(1);
            LedgerRow row = ledgers.get(head.ledgerId());
            if (row != null && head.flush() >= row.visibleFromFlush()) {
                entries++;
            }
        }

        @Override
        public void damagedRange(long fromOffset, long toOffset) {
            damagedBytes += fromOffset == 0 ? 0 : toOffset - fromOffset;
        }
    }
}
