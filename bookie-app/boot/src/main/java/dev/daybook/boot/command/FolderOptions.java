package dev.daybook.boot.command;

import dev.daybook.boot.role.RoleRefused;
import dev.daybook.server.identity.BookieFolders;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The folders of one bookie of ours, named as for {@code daybook bookie}. */
final class FolderOptions {
    @Option(
            names = "--data-dir",
            paramLabel = "DIR",
            description = "Data folder of the bookie, as given to 'daybook bookie'.")
    private @Nullable Path dataDir;

    @Option(
            names = "--journal-dir",
            paramLabel = "DIR",
            description = "Journal folder, may be repeated. Default: journal in the data folder.")
    private List<Path> journalDirs = new ArrayList<>();

    @Option(
            names = "--ledger-dir",
            paramLabel = "DIR",
            description = "Ledger folder, may be repeated, in the bookie's order. Default: ledgers in the data folder.")
    private List<Path> ledgerDirs = new ArrayList<>();

    BookieFolders folders() {
        if (dataDir == null && (journalDirs.isEmpty() || ledgerDirs.isEmpty())) {
            throw new RoleRefused(
                    RoleRefused.CONFIGURATION,
                    "Give the bookie's folder with --data-dir, or its folders with --journal-dir and --ledger-dir.");
        }
        Path base = dataDir == null ? Path.of("") : dataDir;
        BookieFolders below = BookieFolders.below(base);
        return new BookieFolders(
                journalDirs.isEmpty() ? below.journal() : journalDirs,
                ledgerDirs.isEmpty() ? below.ledger() : ledgerDirs,
                Optional.empty());
    }
}
