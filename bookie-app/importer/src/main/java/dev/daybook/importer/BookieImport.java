package dev.daybook.importer;

import dev.daybook.engine.ledger.LedgerTable;
import dev.daybook.importer.source.SourceBookie;
import dev.daybook.protocol.format.Cookie;
import dev.daybook.protocol.format.CookieFormat;
import dev.daybook.server.disk.FolderLock;
import dev.daybook.server.identity.BookieFolders;
import dev.daybook.server.identity.FolderCookies;
import dev.daybook.server.shard.BulkWriter;
import dev.daybook.server.shard.StorageConfig;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.NavigableSet;
import java.util.Optional;
import java.util.function.LongPredicate;

/**
 * One import, from the check of the folders to their cookies. The cookies come last: until then no bookie starts on the
 * folders, and an interrupted run can be repeated, which continues it. The source is only read.
 */
public final class BookieImport {
    private final ImportOrder order;
    private final LongPredicate living;
    private final ImportListener listener;
    private final List<FolderLock> locks = new ArrayList<>();

    /** @param living whether the cluster has a ledger; true for all if the cluster was not asked */
    public BookieImport(ImportOrder order, LongPredicate living, ImportListener listener) {
        this.order = order;
        this.living = living;
        this.listener = listener;
    }

    /** The cookie that the new folders get: the source's name and cluster, with the new directories. */
    public static Cookie cookieOf(Cookie source, BookieFolders to) {
        return Cookie.of(
                source.bookie(), texts(to.journal()), texts(to.ledger()), Optional.empty(), source.instanceId());
    }

    private static List<String> texts(List<Path> paths) {
        return paths.stream().map(Path::toString).toList();
    }

    /**
     * @throws ImportRefused if it cannot begin or be completed
     * @throws IOException if anything cannot be read or written; the run may be repeated
     */
    public ImportReport run() throws IOException {
        checkApart();
        try (SourceBookie source = SourceBookie.open(order.from())) {
            byte[] cookie = CookieFormat.serialize(cookieOf(source.cookie(), order.to()));
            if (order.dryRun()) {
                return dryRun(source);
            }
            try {
                lockFolders();
                return importInto(source, cookie);
            } finally {
                for (FolderLock lock : locks) {
                    lock.close();
                }
            }
        }
    }

    private void checkApart() throws ImportRefused {
        for (Path to : order.to().all()) {
            for (Path from : order.from().all()) {
                if (to.equals(from)) {
                    throw new ImportRefused("The folder " + to
                            + " is both source and target; name an empty folder for the new bookie.");
                }
            }
        }
    }

    private ImportReport dryRun(SourceBookie source) throws IOException {
        LedgerTable table = new LedgerTable(1);
        Transfer transfer = new Transfer(
                source, table, new Destination.Nowhere(), Progress.start(source.fingerprint()), living, listener);
        transfer.run();
        source.checkUnchanged();
        return report(source, transfer, table, false, 0);
    }

    private void lockFolders() throws IOException {
        for (Path folder : order.to().all()) {
            FolderCookies.create(folder);
            locks.add(FolderLock.tryLock(folder)
                    .orElseThrow(() -> new ImportRefused(
                            "The folder " + folder + " is in use by a bookie or by another import; stop that first.")));
        }
    }

    private ImportReport importInto(SourceBookie source, byte[] cookie) throws IOException {
        Path stateFolder = order.to().ledger().get(0);
        Optional<Progress> earlier = Progress.read(stateFolder);
        if (earlier.isEmpty() && isComplete(cookie)) {
            checkNotOutdated(stateFolder, source);
            return complete(source);
        }
        if (earlier.isEmpty()) {
            checkEmpty();
        } else if (!earlier.get().source().equals(source.fingerprint())) {
            throw new ImportRefused("The folder " + stateFolder + " has an unfinished import of another source, or the"
                    + " source has changed since; empty the new bookie's folders and import again.");
        }
        Progress progress = earlier.orElseGet(() -> Progress.start(source.fingerprint()));
        progress.write(stateFolder);
        StorageConfig config = StorageConfig.of(order.to().journal(), order.to().ledger());
        Transfer transfer;
        LedgerTable table;
        try (BulkWriter writer = BulkWriter.open(config)) {
            table = new LedgerTable(writer.nextFlush());
            writer.rows().forEach(table::restore);
            transfer = new Transfer(
                    source,
                    table,
                    new FolderDestination(writer, stateFolder, order.cacheBytes()),
                    progress,
                    living,
                    listener);
            transfer.run();
        }
        checkDamage(transfer.damaged());
        long verified;
        try (BulkWriter written = BulkWriter.open(config)) {
            verified = new Verification(source, written, table.livingIds(), transfer.damaged(), listener).run();
        }
        source.checkUnchanged();
        for (Path folder : order.to().all()) {
            FolderCookies.write(folder, cookie);
        }
        progress.finish(stateFolder);
        return report(source, transfer, table, earlier.isPresent(), verified);
    }

    private void checkDamage(NavigableSet<EntryKey> damaged) throws ImportRefused {
        if (!damaged.isEmpty() && !order.skipDamaged()) {
            throw new ImportRefused(damaged.size() + " entries of the source cannot be read, the first is entry "
                    + damaged.first().entryId() + " of ledger "
                    + damaged.first().ledgerId()
                    + "; run the import again with --skip-damaged to complete it without them, and let the cluster"
                    + " restore these copies.");
        }
    }

    /** Every folder has the very cookie that this import would write. */
    private boolean isComplete(byte[] cookie) throws IOException {
        for (Path folder : order.to().all()) {
            Optional<byte[]> found = FolderCookies.read(folder);
            if (found.isEmpty() || !Arrays.equals(found.get(), cookie)) {
                return false;
            }
        }
        return true;
    }

    /** A bookie that ran on after it was imported has acknowledged what the copy does not have. */
    private static void checkNotOutdated(Path stateFolder, SourceBookie source) throws IOException {
        Optional<String> finished = Progress.finishedSource(stateFolder);
        if (finished.isPresent() && !finished.get().equals(source.fingerprint())) {
            throw new ImportRefused("The old bookie's directories have changed since they were imported into "
                    + stateFolder + "; if the old bookie has run since, empty the new folders and import again.");
        }
    }

    private void checkEmpty() throws IOException {
        for (Path folder : order.to().all()) {
            if (Files.exists(FolderCookies.fileIn(folder)) || !FolderCookies.isEmpty(folder)) {
                throw new ImportRefused("The folder " + folder
                        + " is not empty and has no unfinished import; name an empty folder for the new bookie.");
            }
        }
    }

    private static ImportReport complete(SourceBookie source) {
        return new ImportReport(
                source.cookie().bookie().value(), source.storageName(), true, false, 0, 0, 0, 0, 0, 0, 0, List.of(), 0);
    }

    private static ImportReport report(
            SourceBookie source, Transfer transfer, LedgerTable table, boolean resumed, long verified) {
        ImportCounts counts = transfer.counts();
        long fenced = table.livingIds().stream()
                .filter(id -> table.find(id).orElseThrow().isFenced())
                .count();
        return new ImportReport(
                source.cookie().bookie().value(),
                source.storageName(),
                false,
                resumed,
                counts.ledgers,
                counts.ledgersNotInMetadata,
                fenced,
                counts.entries,
                counts.entryBytes,
                counts.journalEntries,
                counts.journalFactsPassedOver,
                List.copyOf(transfer.damaged()),
                verified);
    }
}
