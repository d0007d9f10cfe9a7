package dev.daybook.importer.source;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.rocksdb.Options;
import org.rocksdb.RocksDB;
import org.rocksdb.RocksDBException;
import org.rocksdb.RocksIterator;

/**
 * The index of DbLedgerStorage: two RocksDB databases, opened read-only. Source: bookie specification, section 17.4.
 * RocksDB wants to keep a log of its own, which goes to a temporary folder so that the source stays as it is.
 */
final class RocksIndex implements LedgerIndex {
    static final String LEDGERS = "ledgers";
    static final String LOCATIONS = "locations";

    private static final int KEY_BYTES = 2 * Long.BYTES;
    private static final int OPEN_FILES_MAX = 256;

    private final Path folder;
    private final Path logFolder;
    private final Options options;
    private final RocksDB ledgers;
    private final RocksDB locations;

    private RocksIndex(Path folder, Path logFolder, Options options, RocksDB ledgers, RocksDB locations) {
        this.folder = folder;
        this.logFolder = logFolder;
        this.options = options;
        this.ledgers = ledgers;
        this.locations = locations;
    }

    static boolean isIn(Path folder) {
        return Files.isDirectory(SourceFolders.current(folder).resolve(LOCATIONS));
    }

    static RocksIndex open(Path folder) throws IOException {
        RocksDB.loadLibrary();
        Path current = SourceFolders.current(folder);
        Path logFolder = Files.createTempDirectory("daybook-import-rocksdb-");
        Options options = new Options()
                .setCreateIfMissing(false)
                .setMaxOpenFiles(OPEN_FILES_MAX)
                .setDbLogDir(logFolder.toString());
        try {
            RocksDB ledgers = open(options, current.resolve(LEDGERS));
            try {
                return new RocksIndex(folder, logFolder, options, ledgers, open(options, current.resolve(LOCATIONS)));
            } catch (IOException e) {
                ledgers.close();
                throw e;
            }
        } catch (IOException e) {
            options.close();
            deleteFolder(logFolder);
            throw e;
        }
    }

    private static RocksDB open(Options options, Path database) throws IOException {
        try {
            return RocksDB.openReadOnly(options, database.toString());
        } catch (RocksDBException e) {
            throw new SourceRefused("The database " + database + " cannot be opened: " + e.getMessage() + ".", e);
        }
    }

    @Override
    public long[] ledgerIds() throws IOException {
        LongStream.Builder ids = LongStream.builder();
        try (RocksIterator rows = ledgers.newIterator()) {
            for (rows.seekToFirst(); rows.isValid(); rows.next()) {
                byte[] key = rows.key();
                long id = key.length == Long.BYTES ? ByteBuffer.wrap(key).getLong() : -1;
                // Negative keys hold state of the storage itself.
                if (id >= 0 && LedgerRowBytes.parse(id, rows.value()).isPresent()) {
                    ids.add(id);
                }
            }
            check(rows, LEDGERS);
        }
        return ids.build().sorted().toArray();
    }

    @Override
    public Optional<SourceLedger> ledger(long ledgerId) throws IOException {
        try {
            byte[] row = ledgers.get(
                    ByteBuffer.allocate(Long.BYTES).putLong(ledgerId).array());
            return row == null ? Optional.empty() : LedgerRowBytes.parse(ledgerId, row);
        } catch (RocksDBException e) {
            throw unreadable(LEDGERS, e);
        }
    }

    @Override
    public void forEachEntry(long ledgerId, long fromEntryId, LocationVisitor visitor) throws IOException {
        byte[] first = ByteBuffer.allocate(KEY_BYTES)
                .putLong(ledgerId)
                .putLong(fromEntryId)
                .array();
        try (RocksIterator rows = locations.newIterator()) {
            for (rows.seek(first); rows.isValid(); rows.next()) {
                ByteBuffer key = ByteBuffer.wrap(rows.key());
                if (key.remaining() != KEY_BYTES || key.getLong() != ledgerId) {
                    return;
                }
                long location = ByteBuffer.wrap(rows.value()).getLong();
                if (!visitor.entry(key.getLong(), location)) {
                    return;
                }
            }
            check(rows, LOCATIONS);
        }
    }

    private void check(RocksIterator rows, String database) throws IOException {
        try {
            rows.status();
        } catch (RocksDBException e) {
            throw unreadable(database, e);
        }
    }

    private SourceRefused unreadable(String database, RocksDBException e) {
        return new SourceRefused(
                "The database " + SourceFolders.current(folder).resolve(database) + " cannot be read: " + e.getMessage()
                        + ".",
                e);
    }

    @Override
    public void close() throws IOException {
        locations.close();
        ledgers.close();
        options.close();
        deleteFolder(logFolder);
    }

    private static void deleteFolder(Path folder) throws IOException {
        Path[] files;
        try (Stream<Path> list = Files.list(folder)) {
            files = list.toArray(Path[]::new);
        }
        for (Path file : Arrays.asList(files)) {
            Files.delete(file);
        }
        Files.delete(folder);
    }
}
