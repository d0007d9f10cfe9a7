package dev.daybook.boot.command;

import dev.daybook.boot.role.ClientFile;
import dev.daybook.boot.role.Connectors;
import dev.daybook.boot.role.RoleRefused;
import dev.daybook.client.meta.MetadataStore;
import dev.daybook.client.meta.MetadataUri;
import dev.daybook.client.security.MetadataSecurity;
import dev.daybook.importer.BookieImport;
import dev.daybook.importer.EntryKey;
import dev.daybook.importer.ImportOrder;
import dev.daybook.importer.ImportRefused;
import dev.daybook.importer.ImportRegistration;
import dev.daybook.importer.ImportReport;
import dev.daybook.importer.source.SourceBookie;
import dev.daybook.importer.source.SourceFolders;
import dev.daybook.importer.source.SourceRefused;
import dev.daybook.protocol.format.Cookie;
import dev.daybook.server.ExitCode;
import dev.daybook.server.identity.BookieFolders;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.function.LongPredicate;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code daybook storage import}. */
@Command(
        name = "import",
        description = {
            "Carry a stopped Apache BookKeeper bookie over into new Daybook folders, so that a Daybook bookie can take"
                    + " its place under the same name.",
            "",
            "The old directories are only read; interleaved, sorted and DbLedgerStorage are recognised. Everything is"
                    + " read back and compared before the new folders become valid. An interrupted import is continued"
                    + " by running the same command again.",
            "",
            "With --metadata-uri, ledgers that the cluster has deleted are left out, and at the end the bookie's cookie"
                    + " is replaced, because it names the directories: from then on the old bookie refuses to start."
        })
final class StorageImportCommand implements Callable<Integer> {
    private static final Duration SESSION_TIMEOUT = Duration.ofSeconds(30);
    private static final long CACHE_BYTES_MAX = 64L << 20;
    private static final int DAMAGED_SHOWN_MAX = 20;

    @Option(
            names = "--from-journal",
            required = true,
            paramLabel = "DIR",
            arity = "1..*",
            description = "The old bookie's journalDirectories, without 'current'.")
    private List<Path> fromJournal = new ArrayList<>();

    @Option(
            names = "--from-ledgers",
            required = true,
            paramLabel = "DIR",
            arity = "1..*",
            description = "The old bookie's ledgerDirectories, all of them, in their order.")
    private List<Path> fromLedgers = new ArrayList<>();

    @Option(
            names = "--from-index",
            paramLabel = "DIR",
            arity = "1..*",
            description = "The old bookie's indexDirectories, if it has any.")
    private List<Path> fromIndex = new ArrayList<>();

    @Mixin
    private FolderOptions to = new FolderOptions();

    @Option(
            names = "--metadata-uri",
            paramLabel = "URI",
            description = "The cluster's metadata service, like zk+longhierarchical://zk1:2181/ledgers.")
    private @Nullable String metadataUri;

    @Option(
            names = "--client-file",
            paramLabel = "FILE",
            description = "Properties file that says how to connect to the metadata service: daybook.metadata.*.")
    private @Nullable Path clientFile;

    @Option(names = "--dry-run", description = "Read and check everything, write nothing.")
    private boolean dryRun;

    @Option(
            names = "--skip-damaged",
            description = "Complete the import although some entries cannot be read. The new bookie will never deny"
                    + " entries of their ledgers; let the cluster restore these copies.")
    private boolean skipDamaged;

    @Option(names = "--json", description = "Print the report as JSON.")
    private boolean json;

    @Override
    public Integer call() {
        ProgressLine progress = new ProgressLine(json);
        try {
            ImportReport report = run(progress);
            progress.end();
            if (json) {
                JsonText.print(report);
            } else {
                print(report);
            }
            return 0;
        } catch (ImportRefused | SourceRefused e) {
            progress.end();
            throw new RoleRefused(RoleRefused.CONFIGURATION, String.valueOf(e.getMessage()), e);
        } catch (IOException e) {
            progress.end();
            throw new RoleRefused(ExitCode.STORAGE_FAILED.code(), "The import failed: " + e.getMessage(), e);
        }
    }

    private ImportReport run(ProgressLine progress) throws IOException {
        ImportOrder order = new ImportOrder(
                new SourceFolders(fromJournal, fromLedgers, fromIndex),
                to.folders(),
                dryRun,
                skipDamaged,
                Math.min(CACHE_BYTES_MAX, Runtime.getRuntime().maxMemory() / 8));
        if (metadataUri == null) {
            return run(order, ledgerId -> true, progress);
        }
        Cookie source;
        try (SourceBookie bookie = SourceBookie.open(order.from())) {
            source = bookie.cookie();
        }
        try (MetadataStore metadata = Connectors.to(
                        parse(metadataUri), Connectors.CONNECT_TIMEOUT, SESSION_TIMEOUT, security())
                .connect(false)) {
            ImportRegistration registration =
                    new ImportRegistration(metadata, source, BookieImport.cookieOf(source, order.to()));
            registration.check();
            ImportReport report = run(order, registration.livingLedgers(), progress);
            if (!dryRun) {
                registration.check();
                registration.replaceCookie();
            }
            return report;
        }
    }

    private MetadataSecurity security() {
        return clientFile == null
                ? MetadataSecurity.NONE
                : ClientFile.read(clientFile).security().metadata();
    }

    private static MetadataUri parse(String text) {
        try {
            return MetadataUri.parse(text);
        } catch (IllegalArgumentException e) {
            throw new RoleRefused(RoleRefused.CONFIGURATION, "--metadata-uri is wrong: " + e.getMessage(), e);
        }
    }

    private static ImportReport run(ImportOrder order, LongPredicate living, ProgressLine progress) throws IOException {
        return new BookieImport(
                        order,
                        living,
                        (phase, ledgers, total, entries) -> progress.show(
                                phase.name().toLowerCase(Locale.ROOT),
                                ledgers,
                                total,
                                ledgers + " ledgers, " + entries + " entries"))
                .run();
    }

    private void print(ImportReport report) {
        BookieFolders folders = to.folders();
        if (report.alreadyComplete()) {
            System.out.println("The bookie \"" + report.bookie() + "\" was imported here before.");
        } else {
            printCounts(report);
        }
        if (dryRun) {
            System.out.println("Nothing was written, because this was a dry run.");
        } else if (metadataUri == null) {
            System.out.println("Run the same command once more with --metadata-uri before you start the new bookie: the"
                    + " cluster's cookie still names the old directories.");
        } else {
            System.out.println("Start the new bookie as \"" + report.bookie() + "\" on " + folders.all() + ".");
        }
    }

    private void printCounts(ImportReport report) {
        TextTable table = new TextTable();
        table.row("bookie", report.bookie());
        table.row("source", report.storage());
        table.row("ledgers", report.ledgers());
        table.row("  deleted in the cluster", report.ledgersNotInMetadata());
        table.row("  fenced", report.fencedLedgers());
        table.row("entries by index", report.entries());
        table.row("entries from the journal", report.journalEntries());
        table.row("facts of deleted ledgers", report.journalFactsPassedOver());
        table.row("bytes", report.entryBytes());
        table.row("entries not readable", report.damaged().size());
        table.row("entries verified", report.verifiedEntries());
        table.print(System.out);
        for (EntryKey key : report.damaged().stream().limit(DAMAGED_SHOWN_MAX).toList()) {
            System.out.println("not readable: entry " + key.entryId() + " of ledger " + key.ledgerId());
        }
        if (report.resumed()) {
            System.out.println("An interrupted import was continued; what it had done is verified, but not counted as"
                    + " copied.");
        }
    }
}
