package dev.daybook.core.read;

/**
 * An entry as a bookie returned it, its digest checked by the driver.
 *
 * @param lac header field: a lower bound of the last confirmed entry; may be at or above {@code entryId}
 * @param length header field: payload bytes of the ledger up to and including this entry
 */
public record VerifiedEntry<P>(long entryId, long lac, long length, P payload, int payloadBytes) {}
