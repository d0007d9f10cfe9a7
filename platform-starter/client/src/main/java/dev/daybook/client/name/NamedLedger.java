package dev.daybook.client.name;

import dev.daybook.protocol.model.LedgerId;

/** A path and the ledger that it leads to. */
public record NamedLedger(String path, LedgerId ledger) {}
