package dev.daybook.client.log;

import dev.daybook.protocol.model.LedgerId;

/** A record as read. The array belongs to the receiver. */
public record LogRecord(LogPosition position, LedgerId ledger, byte[] payload) {}
