package dev.daybook.core.job;

import dev.daybook.protocol.model.LedgerId;

/**
 * A ledger that could not be moved.
 *
 * @param why one sentence for a person
 */
public record Blocker(LedgerId ledger, String why) {}
