package dev.daybook.tools.verify;

/**
 * A ledger of which something is damaged here.
 *
 * @param entries that cannot be served
 * @param firstEntryId lowest of them
 * @param lastEntryId highest of them
 */
public record AffectedLedger(long ledgerId, long entries, long firstEntryId, long lastEntryId) {
    AffectedLedger with(long entryId) {
        return new AffectedLedger(
                ledgerId, entries + 1, Math.min(firstEntryId, entryId), Math.max(lastEntryId, entryId));
    }
}
