package dev.daybook.simulator.check;

/** One entry of one ledger. */
public record EntryKey(long ledgerId, long entryId) {}
