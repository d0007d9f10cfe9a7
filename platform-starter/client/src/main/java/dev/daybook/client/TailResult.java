package dev.daybook.client;

/** How a wait at the tail of a ledger ended. */
public sealed interface TailResult {
    /** Highest confirmed entry at that moment. */
    long lastAddConfirmed();

    record Arrived(LedgerEntry entry, long lastAddConfirmed) implements TailResult {}

    record TimedOut(long lastAddConfirmed) implements TailResult {}

    /** The ledger is closed and the entry lies behind its end. */
    record EndOfLedger(long lastAddConfirmed) implements TailResult {}
}
