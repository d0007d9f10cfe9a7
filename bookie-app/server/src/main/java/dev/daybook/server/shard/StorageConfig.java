package dev.daybook.server.shard;

import dev.daybook.storage.memtable.EntryArena;
import io.netty.util.internal.PlatformDependent;
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
 * @param journal how journals are written
 * @param entryLogBytesMax an entry log that is longer is followed by a new one
 * @param writeCacheBytesMax entries acknowledged but not yet flushed; at half of it a flush starts, at all of it adds
 *     wait
 * @param bytesInFlightMax memory for entries on their way into the write cache; when it is used up adds wait
 * @param entryBytesMax of the largest entry
 * @param flushInterval longest time between two flushes while there is something to flush
 */
public record StorageConfig(
        List<Path> journalDirectories,
        List<Path> ledgerDirectories,
        int shardCount,
        int readThreads,
        JournalSettings journal,
        long entryLogBytesMax,
        long writeCacheBytesMax,
        long bytesInFlightMax,
        int entryBytesMax,
        Duration flushInterval) {

    public StorageConfig {
        journalDirectories = List.copyOf(journalDirectories);
        ledgerDirectories = List.copyOf(ledgerDirectories);
        check(!journalDirectories.isEmpty(), "at least one journal directory is needed");
        check(!ledgerDirectories.isEmpty(), "at least one ledger directory is needed");
        check(shardCount >= 1, "shardCount must be at least 1");
        check(readThreads >= 1, "readThreads must be at least 1");
        check(entryLogBytesMax >= 4096, "entryLogBytesMax must be at least 4096");
        check(writeCacheBytesMax >= 4096, "writeCacheBytesMax must be at least 4096");
        check(bytesInFlightMax >= 4096, "bytesInFlightMax must be at least 4096");
        check(entryBytesMax >= 4096, "entryBytesMax must be at least 4096");
        check(!flushInterval.isNegative() && !flushInterval.isZero(), "flushInterval must be positive");
    }

    private static void check(boolean holds, String rule) {
        if (!holds) {
            throw new IllegalArgumentException(rule);
        }
    }

    public StorageConfig withJournal(JournalSettings settings) {
        return new StorageConfig(
                journalDirectories,
                ledgerDirectories,
                shardCount,
                readThreads,
                settings,
                entryLogBytesMax,
                writeCacheBytesMax,
                bytesInFlightMax,
                entryBytesMax,
                flushInterval);
    }

    /** The memory of entries between network and entry log. */
    EntryArena.Config arena() {
        int lanes = Math.max(2, Math.min(8, Runtime.getRuntime().availableProcessors()));
        return new EntryArena.Config(lanes, entryBytesMax, writeCacheBytesMax + bytesInFlightMax);
    }

    /** What a ledger directory keeps free, so that everything in memory, or in the journal, can still be flushed. */
    public long reserveBytes() {
        return writeCacheBytesMax + writeCacheBytesMax / 4;
    }

    /** The defaults, sized after the memory and the cores of this process. */
    public static StorageConfig of(List<Path> journalDirectories, List<Path> ledgerDirectories) {
        long memory = PlatformDependent.maxDirectMemory();
        int cores = Runtime.getRuntime().availableProcessors();
        return new StorageConfig(
                journalDirectories,
                ledgerDirectories,
                Math.min(4, Math.max(1, cores / 2)),
                Math.min(8, Math.max(2, cores)),
                JournalSettings.DEFAULT,
                1L << 30,
                Math.min(128L << 20, Math.max(4L << 20, memory / 3)),
                Math.min(32L << 20, Math.max(2L << 20, memory / 8)),
                5 << 20,
                Duration.ofSeconds(10));
    }

    public StorageConfig withMemory(long newWriteCacheBytesMax, long newBytesInFlightMax, int newEntryBytesMax) {
        return new StorageConfig(
                journalDirectories,
                ledgerDirectories,
                shardCount,
                readThreads,
                journal,
                entryLogBytesMax,
                newWriteCacheBytesMax,
                newBytesInFlightMax,
                newEntryBytesMax,
                flushInterval);
    }
}
