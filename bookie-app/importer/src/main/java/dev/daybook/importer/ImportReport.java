package dev.daybook.importer;

import java.util.List;

/**
 * What an import found and did.
 *
 * @param bookie its name, which the new bookie takes over
 * @param storage what the source is
 * @param alreadyComplete an earlier run had completed the import; nothing was read, and all counts are 0
 * @param resumed an earlier run was continued; its entries are not counted as copied
 * @param ledgers in the source
 * @param ledgersNotInMetadata of them, left out because the cluster has deleted them
 * @param fencedLedgers of those imported
 * @param entries copied by index
 * @param entryBytes copied by index and from the journal
 * @param journalEntries copied from the journal because the index had not taken them yet
 * @param journalFactsPassedOver of ledgers that were deleted
 * @param damaged entries that could not be read
 * @param verifiedEntries found in the new folders with the same bytes
 */
public record ImportReport(
        String bookie,
        String storage,
        boolean alreadyComplete,
        boolean resumed,
        long ledgers,
        long ledgersNotInMetadata,
        long fencedLedgers,
        long entries,
        long entryBytes,
        long journalEntries,
        long journalFactsPassedOver,
        List<EntryKey> damaged,
        long verifiedEntries) {
    public ImportReport {
        damaged = List.copyOf(damaged);
    }
}
