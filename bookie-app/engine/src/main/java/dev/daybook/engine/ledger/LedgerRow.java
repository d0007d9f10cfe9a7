package dev.daybook.engine.ledger;

import java.util.Optional;

/**
 * The durable part of a {@link Ledger}, as a checkpoint writes it. Arrays are shared and must not be changed.
 *
 * @param lastEntryId highest entry stored here, -1 if none
 * @param knownLac highest last-add-confirmed seen, -1 if none
 * @param visibleFromFlush entries that earlier flushes wrote belong to a deleted life of this ledger
 * @param revived the ledger was deleted here once and came back
 * @param deletedMillis wall clock of the deletion; meaningful for tombstones only
 * @param forgotten the tombstone has served its time; the row says that nothing is known of the ledger any more
 */
public record LedgerRow(
        long ledgerId,
        byte[] masterKey,
        boolean fenced,
        boolean limbo,
        long lastEntryId,
        long knownLac,
        Optional<byte[]> explicitLac,
        long visibleFromFlush,
        boolean revived,
        boolean deleted,
        long deletedMillis,
        boolean forgotten) {
    /** Whether the index may hold entries of a deleted life of this ledger. */
    public boolean hidesEntries() {
        return deleted || revived;
    }
}
