package dev.daybook.server.shard;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/**
 * Where a bookie keeps its entries and how much it may take. Files lie in the {@code current} folder of each directory.
 *
 * <p>The number of journal and of ledger directories may not change once a bookie has written to them, because ledgers
 * are assigned to directories by their number; such a change is refused at the start.
 *
 * @param journalDirectories one journal each; ledger {@code n} uses number {@code n mod size}
 * @param ledgerDirectories one store of entry logs and index each; assigned in the same way
 * @param shardCount threads that execute requests
 * @param readThreads threads that read from disk
 * @param journalFileBytesMax size of a journal file; all of it is written before it is used
 * @param journalBatchBytesMax journal bytes written with one sync
 * @param entryLogBytesMax an entry log that is longer is followed by a new one
 * @param writeCacheBytesMax entries acknowledged but not yet flushed; at half of it a flush starts, at three quarters
 *     {@link BytesInFlight} asks for a pause, at all of it adds are refused
 * @param bytesInFlightMax entry bytes received and not yet answered before {@link BytesInFlight} asks for a pause
 * @param flushInterval longest time between two flushes while there is something to flush
 */
public record StorageConfig(
        List<Path> journalDirectories,
        List<Path> ledgerDirectories,
        int shardCount,
        int readThreads,
        long journalFileBytesMax,
        int journalBatchBytesMax,
        long entryLogBytesMax,
        long writeCacheBytesMax,
        long bytesInFlightMax,
        Duration flushInterval) {

    public StorageConfig {
        journalDirectories = List.copyOf(journalDirectories);
        ledgerDirectories = List.copyOf(ledgerDirectories);
        check(!journalDirectories.isEmpty(), "at least one journal directory is needed");
        check(!ledgerDirectories.isEmpty(), "at least one ledger directory is needed");
        check(shardCount >= 1, "shardCount must be at least 1");
        check(readThreads >= 1, "readThreads must be at least 1");
        check(journalFileBytesMax >= 65536, "journalFileBytesMax must be at least 65536");
        check(journalBatchBytesMax >= 4096, "journalBatchBytesMax must be at least 4096");
        check(entryLogBytesMax >= 4096, "entryLogBytesMax must be at least 4096");
        check(writeCacheBytesMax >= 4096, "writeCacheBytesMax must be at least 4096");
        check(bytesInFlightMax >= 4096, "bytesInFlightMax must be at least 4096");
        check(!flushInterval.isNegative() && !flushInterval.isZero(), "flushInterval must be positive");
    }

    private static void check(boolean holds, String rule) {
        if (!holds) {
            throw new IllegalArgumentException(rule);
        }
    }

    /** The defaults, sized after the heap and the cores of this process. */
    public static StorageConfig of(List<Path> journalDirectories, List<Path> ledgerDirectories) {
        long heap = Runtime.getRuntime().maxMemory();
        int cores = Runtime.getRuntime().availableProcessors();
        return new StorageConfig(
                journalDirectories,
                ledgerDirectories,
                Math.min(4, Math.max(1, cores / 2)),
                Math.min(8, Math.max(2, cores)),
                64L << 20,
                1 << 20,
                1L << 30,
                Math.min(256L << 20, Math.max(4L << 20, heap / 4)),
                Math.min(64L << 20, Math.max(2L << 20, heap / 16)),
                Duration.ofSeconds(10));
    }
}
