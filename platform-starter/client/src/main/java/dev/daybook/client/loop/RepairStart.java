package dev.daybook.client.loop;

import dev.daybook.protocol.model.LedgerId;
import dev.daybook.protocol.model.LedgerMetadata;
import dev.daybook.protocol.model.Versioned;

/**
 * What a repair begins with.
 *
 * @param record as read just now
 * @param lastConfirmed of a ledger that is not closed; -1 otherwise
 */
record RepairStart(LedgerId ledger, Versioned<LedgerMetadata> record, long lastConfirmed) {}
