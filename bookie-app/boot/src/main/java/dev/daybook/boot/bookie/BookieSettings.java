package dev.daybook.boot.bookie;

import dev.daybook.server.BookieServerConfig;
import dev.daybook.server.disk.DiskThresholds;
import dev.daybook.server.identity.BookieFolders;
import dev.daybook.server.identity.IdentityConfig;
import dev.daybook.server.net.NetConfig;
import dev.daybook.server.shard.JournalSettings;
import dev.daybook.server.shard.StorageConfig;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** Turns properties into what the server is told. */
final class BookieSettings {
    private BookieSettings() {}

    static BookieServerConfig of(
            BookieProperties properties, Optional<BookieServerConfig.HttpAddress> http, String version) {
        NetConfig net = NetConfig.of(properties.listenHost(), properties.port())
                .withMaxFrameBytes(Math.toIntExact(properties.maxFrameSize().toBytes()));
        IdentityConfig identity =
                new IdentityConfig(properties.explicitId(), properties.explicitAddress(), properties.allowLoopback());
        BookieFolders folders = folders(properties);
        BookieProperties.Disk disk = properties.disk();
        return new BookieServerConfig(
                version,
                net,
                identity,
                folders,
                StorageConfig.of(folders.journal(), folders.ledger()).withJournal(journal(properties.journal())),
                new BookieServerConfig.DiskCheck(
                        new DiskThresholds(disk.warnShare(), disk.fullShare(), disk.resumeShare()),
                        disk.checkInterval(),
                        disk.highPriorityFree().toBytes()),
                properties.garbage(),
                properties.scrubbing(),
                http,
                properties.initCluster(),
                properties.allowStorageExpansion(),
                properties.acceptDataLoss(),
                properties.readOnly());
    }

    private static JournalSettings journal(BookieProperties.Journal journal) {
        return new JournalSettings(
                journal.fileSize().toBytes(),
                journal.direct(),
                journal.replayMax().toBytes(),
                JournalSettings.DEFAULT.groupBytesMax());
    }

    private static BookieFolders folders(BookieProperties properties) {
        List<Path> journals = properties.journalDirs();
        List<Path> ledgers = properties.ledgerDirs();
        Path data = properties.dataDir();
        if (data != null) {
            BookieFolders below = BookieFolders.below(data);
            journals = journals.isEmpty() ? below.journal() : journals;
            ledgers = ledgers.isEmpty() ? below.ledger() : ledgers;
        }
        return new BookieFolders(journals, ledgers, Optional.empty());
    }
}
