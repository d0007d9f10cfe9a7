package dev.daybook.server.shard;

/**
 * How one pass of garbage collection ended.
 *
 * @param ledgersSeen held here when the pass began
 * @param ledgersDropped proven deleted
 * @param ledgersKeptUnsure not listed, but the metadata store could not say that they are gone
 * @param entryLogsDeleted files without any live entry
 * @param bytesFreed of those files
 */
public record CollectionReport(
        long ledgersSeen, long ledgersDropped, long ledgersKeptUnsure, int entryLogsDeleted, long bytesFreed) {}
