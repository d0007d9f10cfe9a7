package dev.daybook.server.garbage;

/**
 * How one pass over the metadata ended.
 *
 * @param ledgersSeen held here when the pass began
 * @param ledgersDropped proven deleted
 * @param ledgersKeptUnsure not listed, but not proven deleted either, or not seen missing before
 */
public record CollectionReport(long ledgersSeen, long ledgersDropped, long ledgersKeptUnsure) {}
