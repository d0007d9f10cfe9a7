package dev.daybook.client.repair;

import dev.daybook.core.repair.CheckScope;
import dev.daybook.protocol.model.BookieId;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What a repair is to look for besides members that are not alive.
 *
 * @param leaving bookies whose copies go elsewhere although they are alive
 * @param suspects bookies of which every entry is looked for, because somebody found one missing
 * @param assigned who follows whom, where that is not the placement policy's choice
 * @param percent of the entries of everybody else that are looked for besides the first and last of each fragment
 * @param refilled the only bookie that is looked at, and gets back what it lacks; empty: everybody is
 */
public record RepairRequest(
        Set<BookieId> leaving,
        Set<BookieId> suspects,
        Map<BookieId, BookieId> assigned,
        int percent,
        Optional<BookieId> refilled) {
    public RepairRequest {
        leaving = Set.copyOf(leaving);
        suspects = Set.copyOf(suspects);
        assigned = Map.copyOf(assigned);
    }

    /** About everybody. */
    public RepairRequest(Set<BookieId> leaving, Set<BookieId> suspects, Map<BookieId, BookieId> assigned, int percent) {
        this(leaving, suspects, assigned, percent, Optional.empty());
    }

    /** After the loss of bookies. */
    public static RepairRequest ofLoss() {
        return new RepairRequest(Set.of(), Set.of(), Map.of(), 0);
    }

    /** After somebody has found copies missing or damaged on these bookies. */
    public static RepairRequest ofSuspects(Set<BookieId> suspects) {
        return new RepairRequest(Set.of(), suspects, Map.of(), 0);
    }

    /**
     * After a bookie has lost what it had, and does not know what that was. It gets every entry that the metadata give
     * it; members stay who they are, so no lock is needed. What an open fragment may have held there is known only when
     * the ledger is closed: {@link dev.daybook.core.repair.StallReason#OPEN}.
     */
    public static RepairRequest ofRefill(BookieId refilled) {
        return new RepairRequest(Set.of(), Set.of(refilled), Map.of(), 0, Optional.of(refilled));
    }

    /** @param available bookies that are registered, for writing or for reading only */
    public CheckScope scope(Set<BookieId> available) {
        return refilled.map(CheckScope::ofRefill)
                .orElseGet(() -> new CheckScope(available, leaving, suspects, percent));
    }
}
