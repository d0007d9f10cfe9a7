package dev.daybook.core.work;

import dev.daybook.protocol.model.BookieId;
import dev.daybook.protocol.model.LedgerId;
import java.util.Optional;
import java.util.Set;

/**
 * A mark that a scan has found.
 *
 * @param risk empty if it is known already, see {@link RepairAgenda#isRated}
 * @param lockedBy whoever holds the ledger's lock
 */
public record MarkSeen(LedgerId ledger, Set<BookieId> missing, Optional<Risk> risk, Optional<String> lockedBy) {
    public MarkSeen {
        missing = Set.copyOf(missing);
    }
}
