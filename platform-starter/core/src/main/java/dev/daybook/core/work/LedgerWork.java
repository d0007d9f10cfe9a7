package dev.daybook.core.work;

import dev.daybook.core.repair.Stall;
import dev.daybook.protocol.model.BookieId;
import dev.daybook.protocol.model.LedgerId;
import java.util.List;
import java.util.OptionalLong;
import java.util.Set;

/**
 * How it stands with one marked ledger.
 *
 * @param missing bookies named in the mark
 * @param why one sentence for a person
 * @param remainingMillis until something happens by itself, where that is known
 * @param failures attempts of this worker that left copies missing
 * @param stalls what the last attempt found in its way
 */
public record LedgerWork(
        LedgerId ledger,
        Set<BookieId> missing,
        Risk risk,
        WorkState state,
        String why,
        OptionalLong remainingMillis,
        int failures,
        List<Stall> stalls) {
    public LedgerWork {
        missing = Set.copyOf(missing);
        stalls = List.copyOf(stalls);
    }
}
