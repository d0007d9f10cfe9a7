package dev.daybook.engine.journal;

/**
 * What a scan found out about one position of a journal file at which a record was expected.
 *
 * @param headerValid the file's header carries the generation that its name says, and its checksum holds
 * @param lengthPlausible the record's length lies within the limits and the file
 * @param checksumValid the record's checksum, which covers generation, position and sequence number, holds and the
 *     sequence number is the next one
 * @param lastFile no later journal file exists
 * @param knownSynced something later proves that this position had been synced: the successor's header, or a later valid
 *     record of this file that was written after the sync
 */
public record ScanFacts(
        boolean headerValid, boolean lengthPlausible, boolean checksumValid, boolean lastFile, boolean knownSynced) {}
