package dev.daybook.storage.store;

import dev.daybook.engine.scrub.ScrubPart;
import java.util.Map;

/**
 * Damage that a scrub found.
 *
 * @param file its path, or that of its directory
 * @param how half a sentence for a person: "is damaged at byte 7"
 * @param entriesByLedger what cannot be read because of it, by ledger; empty if nothing is lost by it alone
 */
public record ScrubFinding(ScrubPart part, String file, String how, Map<Long, Integer> entriesByLedger) {
    public ScrubFinding {
        entriesByLedger = Map.copyOf(entriesByLedger);
    }
}
