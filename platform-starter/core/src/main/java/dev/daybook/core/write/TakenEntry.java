package dev.daybook.core.write;

/**
 * An entry as it is sent, the same to every bookie and every time, so the packet can be built and digested once and kept
 * until {@link ReleasePayload}.
 *
 * @param lac for the packet header
 * @param length for the packet header: payload bytes of the ledger up to and including this entry
 * @param recovery send with the recovery flag and high priority: the bookie accepts it although it is fenced
 */
public record TakenEntry<P>(long entryId, long lac, long length, P payload, boolean recovery) {}
