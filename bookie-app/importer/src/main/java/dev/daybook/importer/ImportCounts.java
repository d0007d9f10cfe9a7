package dev.daybook.importer;

/** The numbers of one run while it goes on. */
final class ImportCounts {
    long ledgers;
    long ledgersNotInMetadata;
    long entries;
    long entryBytes;
    long journalEntries;
    long journalFactsPassedOver;
    long verifiedEntries;
}
