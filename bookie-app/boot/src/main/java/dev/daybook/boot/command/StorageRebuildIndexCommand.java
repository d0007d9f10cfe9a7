package dev.daybook.boot.command;

import dev.daybook.boot.role.RoleRefused;
import dev.daybook.server.ExitCode;
import dev.daybook.server.identity.BookieFolders;
import dev.daybook.storage.StorageDamage;
import dev.daybook.tools.folder.OpenFolders;
import dev.daybook.tools.rebuild.IndexRebuild;
import dev.daybook.tools.rebuild.RebuildReport;
import java.io.IOException;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongConsumer;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code daybook storage rebuild-index}. */
@Command(
        name = "rebuild-index",
        description = {
            "Make the index anew from the entry logs, and replace the old one when the new one is valid.",
            "",
            "A bookie does this by itself when it finds its index damaged; this command does it beforehand. Where an"
                    + " entry log is damaged, too, the bookie denies no entry of the ledgers concerned from then on."
        },
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {
            "0:the index is complete",
            "2:wrong command line, or a bookie uses the folders",
            "5:more than the index is damaged"
        })
final class StorageRebuildIndexCommand implements Callable<Integer> {
    @Mixin
    private FolderOptions options = new FolderOptions();

    @Option(names = "--dry-run", description = "Read the entry logs and say what would be found; write nothing.")
    private boolean dryRun;

    @Option(names = "--json", description = "Print the report as JSON.")
    private boolean json;

    @Override
    public Integer call() {
        BookieFolders folders = options.folders();
        ProgressLine progress = new ProgressLine(json);
        AtomicLong records = new AtomicLong();
        LongConsumer count =
                more -> progress.show("reading the entry logs", 0, 0, records.addAndGet(more) + " records");
        RebuildReport report;
        try {
            report = dryRun ? dryRun(folders, count) : IndexRebuild.run(folders, count);
        } catch (StorageDamage e) {
            throw new RoleRefused(ExitCode.STORAGE_FAILED.code(), String.valueOf(e.getMessage()), e);
        } catch (IOException e) {
            throw new RoleRefused(RoleRefused.CONFIGURATION, String.valueOf(e.getMessage()), e);
        } finally {
            progress.end();
        }
        if (json) {
            JsonText.print(report);
        } else {
            print(report);
        }
        boolean damaged = report.directories().stream().anyMatch(directory -> directory.damagedBytes() > 0);
        return damaged ? ExitCode.STORAGE_FAILED.code() : ExitCode.OK.code();
    }

    private static RebuildReport dryRun(BookieFolders folders, LongConsumer count) throws IOException {
        try (OpenFolders open = OpenFolders.open(folders)) {
            return IndexRebuild.dryRun(open, count);
        }
    }

    private static void print(RebuildReport report) {
        for (RebuildReport.Directory directory : report.directories()) {
            TextTable table = new TextTable();
            table.row("rows of the old index", directory.rowsBefore());
            table.row("index files not readable", directory.damagedSegments());
            table.row(report.dryRun() ? "records of living ledgers" : "rows of the new index", directory.entries());
            table.row("bytes of entry logs", directory.logBytes());
            table.row("  damaged", directory.damagedBytes());
            table.row("ledgers that may lack entries", directory.doubtedLedgers());
            System.out.println(directory.path());
            table.print(System.out);
        }
        if (report.dryRun()) {
            System.out.println("Nothing was written, because this was a dry run.");
        }
    }
}
