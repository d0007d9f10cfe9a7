package dev.daybook.boot.command;

import dev.daybook.boot.role.RoleRefused;
import dev.daybook.server.ExitCode;
import dev.daybook.tools.folder.OpenFolders;
import dev.daybook.tools.verify.AffectedLedger;
import dev.daybook.tools.verify.FolderVerification;
import dev.daybook.tools.verify.VerifyReport;
import java.io.IOException;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code daybook storage verify}. */
@Command(
        name = "verify",
        description = {
            "Read everything in a bookie's folders back and compare it; changes nothing.",
            "",
            "Verified are all checksums, the order of the index, that every index row points to its record and every"
                    + " record of a living ledger is in the index, the chain of journal files from the last marks, and"
                    + " that the cookies agree. Damage is listed with the ledgers that it concerns."
        },
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {
            "0:nothing is damaged",
            "2:wrong command line, or a bookie uses the folders",
            "5:something is damaged"
        })
final class StorageVerifyCommand implements Callable<Integer> {
    private static final long MEGABYTE = 1_000_000;

    @Mixin
    private FolderOptions folders = new FolderOptions();

    @Option(
            names = "--rate-limit",
            defaultValue = "0",
            paramLabel = "MB",
            description = "Megabytes read per second at most. Default: as many as the disk gives.")
    private int rateLimit;

    @Option(names = "--json", description = "Print the report as JSON.")
    private boolean json;

    @Override
    public Integer call() {
        if (rateLimit < 0) {
            throw new RoleRefused(
                    RoleRefused.CONFIGURATION, "--rate-limit must not be negative, was " + rateLimit + ".");
        }
        ProgressLine progress = new ProgressLine(json);
        VerifyReport report;
        try (OpenFolders open = OpenFolders.open(folders.folders())) {
            report = FolderVerification.run(
                    open,
                    rateLimit * MEGABYTE,
                    (what, bytes, total) ->
                            progress.show(what, bytes, total, bytes / MEGABYTE + " of " + total / MEGABYTE + " MB"));
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
        return report.isClean() ? ExitCode.OK.code() : ExitCode.STORAGE_FAILED.code();
    }

    private static void print(VerifyReport report) {
        TextTable table = new TextTable();
        table.row("ledgers", report.ledgers());
        table.row("entry logs", report.entryLogs());
        table.row("bytes", report.entryLogBytes());
        table.row("records", report.records());
        table.row("index files", report.segments());
        table.row("index rows", report.rows());
        table.row("journal records behind the marks", report.journalFacts());
        table.row("problems", report.problemCount());
        table.print(System.out);
        report.notes().forEach(note -> System.out.println("Note: " + note));
        report.problems().forEach(problem -> System.out.println("DAMAGED: " + problem));
        if (report.problemCount() > report.problems().size()) {
            System.out.println(
                    "… and " + (report.problemCount() - report.problems().size()) + " more.");
        }
        if (!report.affected().isEmpty()) {
            TextTable affected = new TextTable();
            affected.row("ledger", "entries", "first", "last");
            for (AffectedLedger ledger : report.affected()) {
                affected.row(ledger.ledgerId(), ledger.entries(), ledger.firstEntryId(), ledger.lastEntryId());
            }
            System.out.println("Entries that cannot be served:");
            affected.print(System.out);
        }
        System.out.println(report.isClean() ? "Everything is there and undamaged." : "Something is damaged.");
    }
}
