package dev.daybook.tools;

import dev.daybook.engine.journal.JournalRecord;
import dev.daybook.engine.ledger.LedgerTable;
import dev.daybook.protocol.format.Cookie;
import dev.daybook.protocol.format.CookieFormat;
import dev.daybook.protocol.model.BookieId;
import dev.daybook.server.identity.BookieFolders;
import dev.daybook.server.identity.FolderCookies;
import dev.daybook.server.shard.BulkWriter;
import dev.daybook.server.shard.StorageConfig;
import dev.daybook.storage.disk.FileDisk;
import dev.daybook.storage.journal.Journal;
import dev.daybook.storage.journal.JournalConfig;
import dev.daybook.storage.journal.JournalPosition;
import dev.daybook.storage.memtable.EntryBytes;
import dev.daybook.storage.store.StoreInspection;
import dev.daybook.tools.folder.OpenFolders;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** A bookie's data folder with known content. */
final class TestFolder {
    static final int LEDGERS = 10;
    static final int ENTRIES = 30;
    static final int FACTS = 5;

    private static final int BODY_BYTES = 100;

    private TestFolder() {}

    /** Two flushes over one ledger directory, and a few facts behind the mark. */
    static BookieFolders fill(Path folder) throws IOException {
        BookieFolders folders = BookieFolders.below(folder);
        try (BulkWriter writer = BulkWriter.open(StorageConfig.of(folders.journal(), folders.ledger()))) {
            LedgerTable table = new LedgerTable(writer.nextFlush());
            for (long ledgerId = 0; ledgerId < LEDGERS; ledgerId++) {
                table.create(ledgerId, new byte[] {1, 2, 3});
            }
            fill(writer, table, 0, ENTRIES / 2);
            table.find(3).orElseThrow().fenceBecameDurable();
            fill(writer, table, ENTRIES / 2, ENTRIES);
        }
        writeFacts(folders);
        byte[] cookie = CookieFormat.serialize(Cookie.of(
                new BookieId("10.0.0.1:3181"),
                folders.journal().stream().map(Path::toString).toList(),
                folders.ledger().stream().map(Path::toString).toList(),
                Optional.empty(),
                Optional.of("instance")));
        for (Path each : folders.all()) {
            FolderCookies.write(each, cookie);
        }
        return folders;
    }

    private static void fill(BulkWriter writer, LedgerTable table, int from, int to) throws IOException {
        for (long ledgerId = 0; ledgerId < LEDGERS; ledgerId++) {
            for (long entryId = from; entryId < to; entryId++) {
                writer.put(ledgerId, entryId, body(ledgerId, entryId));
                table.find(ledgerId).orElseThrow().entryStored(entryId, entryId - 1);
            }
        }
        writer.flush(table.freeze(0, 0));
    }

    static byte[] body(long ledgerId, long entryId) {
        return ByteBuffer.allocate(BODY_BYTES)
                .putLong(ledgerId)
                .putLong(entryId)
                .putLong(entryId - 1)
                .array();
    }

    private static void writeFacts(BookieFolders folders) throws IOException {
        JournalPosition mark;
        try (OpenFolders open = OpenFolders.open(folders);
                StoreInspection store = StoreInspection.open(open.ledgers().get(0))) {
            mark = store.checkpoint().marks().get(0);
        }
        try (FileDisk disk = FileDisk.open(folders.journal().get(0).resolve(OpenFolders.CURRENT));
                Journal journal = Journal.open(
                        disk, 0, 1, new JournalConfig(1 << 20, 0, false), Optional.of(mark), (position, fact) -> {})) {
            for (long entryId = 0; entryId < FACTS; entryId++) {
                journal.append(new JournalRecord.Entry<>(
                        0, ENTRIES + entryId, 0, EntryBytes.ofHeap(body(0, ENTRIES + entryId))));
            }
            journal.write();
            journal.sync();
        }
    }

    static List<Path> filesIn(BookieFolders folders) throws IOException {
        try (Stream<Path> files = Files.walk(folders.ledger().get(0).getParent())) {
            return files.filter(Files::isRegularFile).sorted().toList();
        }
    }

    static Path fileWith(BookieFolders folders, String suffix) throws IOException {
        return filesIn(folders).stream()
                .filter(file -> file.toString().endsWith(suffix))
                .findFirst()
                .orElseThrow();
    }

    static void flip(Path file, long offset) throws IOException {
        try (RandomAccessFile bytes = new RandomAccessFile(file.toFile(), "rw")) {
            bytes.seek(offset);
            int value = bytes.read();
            bytes.seek(offset);
            bytes.write(value ^ 0x40);
        }
    }
}
