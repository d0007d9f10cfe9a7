package dev.daybook.importer.source;

import dev.daybook.protocol.format.Cookie;
import dev.daybook.protocol.format.CookieFormat;
import dev.daybook.protocol.format.MalformedMetadataException;
import java.io.Closeable;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;
import java.util.zip.CRC32C;

/** A stopped Apache BookKeeper bookie, opened for reading. */
public final class SourceBookie implements Closeable {
    private static final String COOKIE_FILE = "VERSION";

    private final Cookie cookie;
    private final boolean rocks;
    private final List<StorageUnit> units;
    private final List<SourceJournal> journals;
    private final SourceFolders folders;
    private final Map<Path, Long> sizes;

    private SourceBookie(
            Cookie cookie,
            boolean rocks,
            List<StorageUnit> units,
            List<SourceJournal> journals,
            SourceFolders folders,
            Map<Path, Long> sizes) {
        this.cookie = cookie;
        this.rocks = rocks;
        this.units = units;
        this.journals = journals;
        this.folders = folders;
        this.sizes = sizes;
    }

    /** @throws SourceRefused if the directories are not those of one bookie, complete and not in use */
    public static SourceBookie open(SourceFolders folders) throws IOException {
        for (Path folder : folders.all()) {
            if (!Files.isDirectory(SourceFolders.current(folder))) {
                throw new SourceRefused("There is no folder " + SourceFolders.current(folder)
                        + "; name the directories as the bookie's configuration does, without current.");
            }
        }
        Map<Path, Long> sizes = sizesOf(folders);
        Cookie cookie = readCookie(folders);
        checkComplete(cookie, folders);
        boolean rocks = RocksIndex.isIn(folders.effectiveIndex().get(0));
        List<StorageUnit> units = new ArrayList<>();
        try {
            if (rocks) {
                openRocksUnits(folders, units);
            } else {
                units.add(
                        new StorageUnit(IndexFiles.list(folders.effectiveIndex()), SourceLogs.list(folders.ledgers())));
            }
            List<SourceJournal> journals = new ArrayList<>();
            for (int i = 0; i < folders.journals().size(); i++) {
                journals.add(SourceJournal.open(folders, i));
            }
            return new SourceBookie(cookie, rocks, List.copyOf(units), List.copyOf(journals), folders, sizes);
        } catch (IOException | RuntimeException e) {
            for (StorageUnit unit : units) {
                unit.close();
            }
            throw e;
        }
    }

    private static void openRocksUnits(SourceFolders folders, List<StorageUnit> units) throws IOException {
        List<Path> index = folders.effectiveIndex();
        if (index.size() != folders.ledgers().size()) {
            throw new SourceRefused("DbLedgerStorage has one index directory per ledger directory, but "
                    + folders.ledgers().size() + " ledger and " + index.size() + " index directories were named.");
        }
        for (int i = 0; i < index.size(); i++) {
            checkNotInUse(SourceFolders.current(index.get(i)));
            units.add(new StorageUnit(
                    RocksIndex.open(index.get(i)),
                    SourceLogs.list(List.of(folders.ledgers().get(i)))));
        }
    }

    /** A running bookie holds the lock of its databases; the other storages have none. */
    private static void checkNotInUse(Path current) throws IOException {
        Path lockFile = current.resolve(RocksIndex.LOCATIONS).resolve("LOCK");
        if (!Files.exists(lockFile)) {
            return;
        }
        try (FileChannel channel = FileChannel.open(lockFile, StandardOpenOption.READ);
                FileLock lock = channel.tryLock(0, Long.MAX_VALUE, true)) {
            if (lock == null) {
                throw new SourceRefused(
                        "The folder " + current + " is in use by a running bookie; stop that bookie first.");
            }
        }
    }

    private static Cookie readCookie(SourceFolders folders) throws IOException {
        Optional<Cookie> first = Optional.empty();
        for (Path folder : folders.all()) {
            Path file = SourceFolders.current(folder).resolve(COOKIE_FILE);
            if (!Files.exists(file)) {
                throw new SourceRefused("The folder " + folder + " has no cookie (current/" + COOKIE_FILE
                        + "), so it is not a directory of a bookie.");
            }
            Cookie cookie;
            try {
                cookie = CookieFormat.parse(Files.readAllBytes(file));
            } catch (MalformedMetadataException e) {
                throw new SourceRefused("The cookie " + file + " cannot be read: " + e.getMessage(), e);
            }
            if (first.isPresent()) {
                Optional<String> difference = first.get().mismatch(cookie);
                if (difference.isPresent()) {
                    throw new SourceRefused("The folders " + folders.all().get(0) + " and " + folder
                            + " are not of the same bookie, or of different times: their cookies differ. "
                            + difference.get());
                }
            } else {
                first = Optional.of(cookie);
            }
        }
        return first.orElseThrow();
    }

    /** Paths may differ, because disks can be mounted elsewhere for the import; a missing one would be lost entries. */
    private static void checkComplete(Cookie cookie, SourceFolders folders) throws SourceRefused {
        checkCount("journal", cookie.journalDirs(), folders.journals(), "--from-journal");
        checkCount("ledger", cookie.ledgerDirs(), folders.ledgers(), "--from-ledgers");
        List<String> index = cookie.indexDirs().orElse(List.of());
        if (!index.equals(cookie.ledgerDirs()) || !folders.index().isEmpty()) {
            checkCount("index", index, folders.index(), "--from-index");
        }
    }

    private static void checkCount(String kind, List<String> named, List<Path> given, String option)
            throws SourceRefused {
        if (named.size() != given.size()) {
            throw new SourceRefused("The cookie names " + named.size() + " " + kind + " directories " + named + ", but "
                    + given.size() + " were given; name each of them with " + option + ", in the cookie's order.");
        }
    }

    private static Map<Path, Long> sizesOf(SourceFolders folders) throws IOException {
        Map<Path, Long> sizes = new TreeMap<>();
        for (Path folder : folders.all()) {
            try (Stream<Path> files = Files.list(SourceFolders.current(folder))) {
                for (Path file : files.filter(Files::isRegularFile).toList()) {
                    sizes.put(file, Files.size(file));
                }
            }
        }
        return sizes;
    }

    /** @throws SourceRefused if somebody has written to the directories since they were opened */
    public void checkUnchanged() throws IOException {
        if (!sizes.equals(sizesOf(folders))) {
            throw new SourceRefused("The bookie's directories changed while they were read; stop the bookie \""
                    + cookie.bookie() + "\", empty the new folder and import again.");
        }
    }

    /** Changes with the cookie and with the names and lengths of the files. */
    public String fingerprint() {
        CRC32C crc = new CRC32C();
        sizes.forEach((file, bytes) -> crc.update((file + "=" + bytes + "\n").getBytes(StandardCharsets.UTF_8)));
        return cookie.bookie() + " " + cookie.instanceId().orElse("-") + " " + sizes.size() + " files "
                + Long.toHexString(crc.getValue());
    }

    public Cookie cookie() {
        return cookie;
    }

    /** The storage class, for people. */
    public String storageName() {
        return rocks ? "DbLedgerStorage" : "interleaved or sorted storage";
    }

    public List<StorageUnit> units() {
        return units;
    }

    public List<SourceJournal> journals() {
        return journals;
    }

    @Override
    public void close() throws IOException {
        for (StorageUnit unit : units) {
            unit.close();
        }
    }
}
