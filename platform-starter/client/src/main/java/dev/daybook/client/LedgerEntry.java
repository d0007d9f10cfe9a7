package dev.daybook.client;

import dev.daybook.protocol.model.EntryId;
import dev.daybook.protocol.model.LedgerId;

/**
 * An entry as read, digest verified. The array belongs to the receiver.
 *
 * @param length payload bytes of the ledger up to and including this entry
 */
public record LedgerEntry(LedgerId ledger, EntryId id, long length, byte[] payload) {}
