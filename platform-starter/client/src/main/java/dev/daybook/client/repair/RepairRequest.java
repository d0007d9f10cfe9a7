package dev.daybook.client.repair;

import dev.daybook.core.repair.CheckScope;
import dev.daybook.protocol.model.BookieId;
import java.util.Map;
import java.util.Set;

/**
 * What a repair is to look for besides members that are not alive.
 *
 * @param leaving bookies whose copies go elsewhere although they are alive
 * @param suspects bookies of which every entry is looked for, because somebody found one missing
 * @param assigned who follows whom, where that is not the placement policy's choice
 * @param percent of the entries of everybody else that are looked for besides the first and last of each fragment
 */
public record RepairRequest(
        Set<BookieId> leaving, Set<BookieId> suspects, Map<BookieId, BookieId> assigned, int percent) {
    public RepairRequest {
        leaving = Set.copyOf(leaving);
        suspects = Set.copyOf(suspects);
        assigned = Map.copyOf(assigned);
    }

    /** After the loss of bookies. */
    public static RepairRequest ofLoss() {
        return new RepairRequest(Set.of(), Set.of(), Map.of(), 0);
    }

    /** After somebody has found copies missing or damaged on these bookies. */
    public static RepairRequest ofSuspects(Set<BookieId> suspects) {
        return new RepairRequest(Set.of(), suspects, Map.of(), 0);
    }

    /** @param available bookies that are registered, for writing or for reading only */
    public CheckScope scope(Set<BookieId> available) {
        return new CheckScope(available, leaving, suspects, percent);
    }
}
