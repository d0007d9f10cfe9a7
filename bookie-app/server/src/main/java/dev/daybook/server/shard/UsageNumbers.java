package dev.daybook.server.shard;

import dev.daybook.client.admin.BookieUsage;
import dev.daybook.server.journal.JournalLoop;
import dev.daybook.storage.disk.Disk;
import dev.daybook.storage.entrylog.EntryLogs;
import dev.daybook.storage.index.Segment;
import dev.daybook.storage.journal.Journal;
import dev.daybook.storage.journal.JournalPosition;
import dev.daybook.storage.journal.JournalUsage;
import dev.daybook.storage.store.StoreUsage;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.LongSupplier;

/** Gathers the numbers of journals, entry logs and write cache. */
final class UsageNumbers {
    private final StorageSet storage;
    private final BookieDisks disks;
    private final List<JournalLoop> journals;
    private final CacheGauge gauge;
    private final LongSupplier livingLedgers;

    UsageNumbers(
            StorageSet storage,
            BookieDisks disks,
            List<JournalLoop> journals,
            CacheGauge gauge,
            LongSupplier livingLedgers) {
        this.storage = storage;
        this.disks = disks;
        this.journals = journals;
        this.gauge = gauge;
        this.livingLedgers = livingLedgers;
    }

    StorageUsage take() {
        List<BookieUsage.Journal> journalUsages = new ArrayList<>();
        for (int i = 0; i < journals.size(); i++) {
            journalUsages.add(journal(i));
        }
        List<BookieUsage.EntryLog> logs = new ArrayList<>();
        long entries = gauge.entries();
        for (int i = 0; i < storage.stores().size(); i++) {
            StoreUsage usage = storage.stores().get(i).usage();
            String directory = disks.ledgers().get(i).path();
            entries += usage.entries();
            usage.logs()
                    .forEach(
                            log -> logs.add(new BookieUsage.EntryLog(log.logId(), directory, log.bytes(), log.open())));
        }
        logs.sort(Comparator.comparingLong(BookieUsage.EntryLog::id).reversed());
        long logBytes = logs.stream().mapToLong(BookieUsage.EntryLog::bytes).sum();
        List<BookieUsage.EntryLog> listed = logs.subList(0, Math.min(logs.size(), BookieUsage.LISTED_ENTRY_LOGS_MAX));
        return new StorageUsage(
                journalUsages,
                new BookieUsage.EntryLogs(logs.size(), logBytes, listed),
                new BookieUsage.WriteCache(gauge.bytes(), gauge.bytesMax()),
                livingLedgers.getAsLong(),
                entries);
    }

    StoredFiles files() throws IOException {
        List<StoredFiles.Mark> marks = new ArrayList<>();
        for (int i = 0; i < journals.size(); i++) {
            JournalPosition mark = storage.minimumMark(i);
            marks.add(new StoredFiles.Mark(disks.journals().get(i).path(), mark.generation(), mark.offset()));
        }
        return new StoredFiles(
                marks,
                names(disks.journals(), Journal.FILE_SUFFIX),
                names(disks.ledgers(), EntryLogs.SUFFIX),
                names(disks.ledgers(), Segment.suffix()));
    }

    private static List<String> names(List<Disk> folders, String suffix) throws IOException {
        List<String> names = new ArrayList<>();
        for (Disk folder : folders) {
            folder.list().stream()
                    .filter(name -> name.endsWith(suffix))
                    .sorted()
                    .forEach(names::add);
        }
        return names;
    }

    private BookieUsage.Journal journal(int index) {
        String directory = disks.journals().get(index).path();
        try {
            JournalUsage usage = journals.get(index).usage(storage.minimumMark(index));
            return new BookieUsage.Journal(
                    directory,
                    usage.files(),
                    usage.bytes(),
                    usage.head().generation(),
                    usage.head().offset(),
                    usage.replayBytes());
        } catch (IOException e) {
            int unknown = (int) BookieUsage.UNKNOWN;
            return new BookieUsage.Journal(
                    directory,
                    unknown,
                    unknown,
                    journals.get(index).syncedEnd().generation(),
                    journals.get(index).syncedEnd().offset(),
                    unknown);
        }
    }
}
