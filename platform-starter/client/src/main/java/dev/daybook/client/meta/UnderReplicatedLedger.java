package dev.daybook.client.meta;

import dev.daybook.protocol.model.BookieId;
import dev.daybook.protocol.model.LedgerId;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * A ledger marked as lacking copies.
 *
 * @param missing bookies believed lost
 * @param markedMillis when, milliseconds since the epoch
 * @param lockedBy text of the lock that a worker holds
 */
public record UnderReplicatedLedger(
        LedgerId ledger, List<BookieId> missing, OptionalLong markedMillis, Optional<String> lockedBy) {
    public UnderReplicatedLedger {
        missing = List.copyOf(missing);
    }
}
