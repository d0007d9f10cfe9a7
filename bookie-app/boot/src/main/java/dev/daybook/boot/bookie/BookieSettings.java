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
import org.jspecify.annotations.Nullable;
import org.springframework.util.unit.DataSize;

/** Turns properties into what the server is told. */
final class BookieSettings {
    private BookieSettings() {}

    static BookieServerConfig of(
            BookieProperties properties, Optional<BookieServerConfig.HttpAddress> http, String version) {
        int maxFrameBytes = Math.toIntExact(properties.maxFrameSize().toBytes());
        NetConfig defaultNet = NetConfig.of(properties.listenHost(), properties.port());
        // Whatever the frame size is, two of the largest have room.
        long bookieBytes =
                Math.max(bytesOf(properties.inFlightSize(), defaultNet.bookieBytesMax()), 2L * maxFrameBytes);
        NetConfig net = defaultNet
                .withSizes(maxFrameBytes, bookieBytes / 2, bookieBytes)
                .withSecurity(BookieSecurity.of(properties.tls(), properties.auth()));
        IdentityConfig identity =
                new IdentityConfig(properties.explicitId(), properties.explicitAddress(), properties.allowLoopback());
        BookieFolders folders = folders(properties);
        StorageConfig defaults = StorageConfig.of(folders.journal(), folders.ledger());
        StorageConfig storage = defaults.withJournal(journal(properties.journal()))
                .withMemory(
                        bytesOf(properties.writeCacheSize(), defaults.writeCacheBytesMax()),
                        bytesOf(properties.inFlightSize(), defaults.bytesInFlightMax()),
                        maxFrameBytes);
        BookieProperties.Disk disk = properties.disk();
        return new BookieServerConfig(
                version,
                net,
                identity,
                folders,
                storage,
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

    private static long bytesOf(@Nullable DataSize size, long otherwise) {
        return size == null ? otherwise : size.toBytes();
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
