package dev.daybook.core.job;

import dev.daybook.protocol.model.BookieId;
import dev.daybook.protocol.model.LedgerId;

/**
 * One ledger's copies that go from one bookie to another.
 *
 * @param bytes about as many, from the ledger's metadata
 */
public record Move(LedgerId ledger, BookieId from, BookieId to, long bytes) {
    public Move {
        if (from.equals(to)) {
            throw new IllegalArgumentException("a move leads elsewhere, was from " + from + " to itself");
        }
    }
}
