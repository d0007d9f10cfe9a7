package dev.daybook.bench.compare;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** The command lines of bookies and of auto-recovery. */
final class Bookies {
    /** Heap, direct memory and collector that the reference's own scripts and its sites use. */
    private static final List<String> REFERENCE_JVM = List.of(
            "-Xms1g",
            "-Xmx1g",
            "-XX:MaxDirectMemorySize=1g",
            "-XX:+UseG1GC",
            "-XX:MaxGCPauseMillis=10",
            "-XX:+ParallelRefProcEnabled",
            "-XX:+DisableExplicitGC",
            "-Dio.netty.leakDetectionLevel=disabled",
            "-Dlog4j2.configurationFile=peer-log4j2.xml");

    private static final String REFERENCE_CONFIGURATION = """
            bookiePort=%d
            allowLoopback=true
            advertisedAddress=127.0.0.1
            metadataServiceUri=%s
            journalDirectories=%s/journal
            ledgerDirectories=%s/ledgers
            diskUsageThreshold=0.99
            diskUsageWarnThreshold=0.98
            enableStatistics=false
            httpServerEnabled=false
            ledgerStorageClass=org.apache.bookkeeper.bookie.storage.ldb.DbLedgerStorage
            journalSyncData=true
            journalWriteData=true
            journalAdaptiveGroupWrites=true
            journalMaxGroupWaitMSec=1
            journalBufferedWritesThreshold=524288
            journalFlushWhenQueueEmpty=%s
            journalAlignmentSize=4096
            journalFormatVersionToWrite=6
            journalMaxSizeMB=2048
            journalMaxBackups=2
            journalPreAllocSizeMB=16
            journalWriteBufferSizeKB=64
            journalRemoveFromPageCache=true
            numJournalCallbackThreads=1
            numAddWorkerThreads=0
            numReadWorkerThreads=2
            numHighPriorityWorkerThreads=2
            readBufferSizeBytes=4096
            dbStorage_readAheadCacheBatchSize=%d
            flushInterval=60000
            gcWaitTime=900000
            openFileLimit=20000
            """;

    private static final String AUTO_RECOVERY_CONFIGURATION = """
            allowLoopback=true
            advertisedAddress=127.0.0.1
            metadataServiceUri=%s
            journalDirectories=%s/journal
            ledgerDirectories=%s/ledgers
            enableStatistics=false
            httpServerEnabled=false
            """;

    /** The disk of the comparison is shared; neither side shall stop because of what others keep there. */
    private static final Map<String, String> OUR_ENVIRONMENT = Map.of(
            "DAYBOOK_BOOKIE_DISK_FULLSHARE", "0.99",
            "DAYBOOK_BOOKIE_DISK_WARNSHARE", "0.98",
            "DAYBOOK_BOOKIE_DISK_RESUMESHARE", "0.985");

    private final Paths paths;

    Bookies(Paths paths) {
        this.paths = paths;
    }

    /** How to start one. */
    record Launch(List<String> command, Map<String, String> environment) {
        Launch {
            command = List.copyOf(command);
            environment = Map.copyOf(environment);
        }
    }

    Launch launch(Subject subject, String metadataUri, int port, Path data) {
        return switch (subject) {
            case DAYBOOK -> ours(metadataUri, port, data);
            case THROUGHPUT -> reference(metadataUri, port, data, false, 1_000);
            case LATENCY -> reference(metadataUri, port, data, true, 100);
        };
    }

    /** As it is shipped: nothing is tuned. */
    private Launch ours(String metadataUri, int port, Path data) {
        List<String> command = List.of(
                paths.launcher().toString(),
                "bookie",
                "--metadata-uri",
                metadataUri,
                "--port",
                Integer.toString(port),
                "--data-dir",
                data.toString(),
                "--advertised-address",
                "127.0.0.1");
        return new Launch(command, OUR_ENVIRONMENT);
    }

    /** Auto-recovery in a process of its own: ours as it is shipped, the reference's with its defaults. */
    Launch autoRecovery(Subject subject, String metadataUri, Path folder) {
        if (subject == Subject.DAYBOOK) {
            return new Launch(
                    List.of(paths.launcher().toString(), "autorecovery", "--metadata-uri", metadataUri), Map.of());
        }
        String text = AUTO_RECOVERY_CONFIGURATION.formatted(metadataUri, folder, folder);
        return reference("org.apache.bookkeeper.replication.AutoRecoveryMain", folder, text);
    }

    private Launch reference(String metadataUri, int port, Path data, boolean flushWhenIdle, int readAhead) {
        return reference(
                "org.apache.bookkeeper.server.Main",
                data,
                REFERENCE_CONFIGURATION.formatted(port, metadataUri, data, data, flushWhenIdle, readAhead));
    }

    private Launch reference(String mainClass, Path data, String text) {
        Path configuration = data.resolve("bookkeeper.conf");
        List<String> command = new ArrayList<>();
        command.add(paths.java().toString());
        command.addAll(REFERENCE_JVM);
        try {
            Files.createDirectories(data);
            Files.writeString(configuration, text);
            Path peer = paths.peerFolder();
            command.add("-cp");
            command.add(peer.resolve("classes") + ":"
                    + Files.readString(peer.resolve("peer.classpath")).strip());
        } catch (IOException e) {
            throw new UncheckedIOException("The reference cannot be prepared; build bookie-app/interop-peer first", e);
        }
        command.add(mainClass);
        command.add("--conf");
        command.add(configuration.toString());
        return new Launch(command, Map.of());
    }
}
