package dev.daybook.core.repair;

import dev.daybook.protocol.model.BookieId;
import java.util.Set;

/**
 * How closely a ledger is looked at.
 *
 * @param available bookies that are registered, for writing or for reading only
 * @param leaving bookies whose copies shall go elsewhere although they may be available
 * @param suspects bookies of which every entry is asked for, because somebody has found one missing
 * @param percent of the entries of everybody else that are asked for besides the first and the last of each range
 */
public record CheckScope(Set<BookieId> available, Set<BookieId> leaving, Set<BookieId> suspects, int percent) {
    public static final int ALL_PERCENT = 100;

    public CheckScope {
        if (percent < 0 || percent > ALL_PERCENT) {
            throw new IllegalArgumentException("a share is between 0 and 100 percent, was " + percent);
        }
        available = Set.copyOf(available);
        leaving = Set.copyOf(leaving);
        suspects = Set.copyOf(suspects);
    }

    /** First and last entries only. */
    public static CheckScope of(Set<BookieId> available) {
        return new CheckScope(available, Set.of(), Set.of(), 0);
    }

    /** The same bookies, first and last entries only. */
    CheckScope endsOnly() {
        return new CheckScope(available, leaving, Set.of(), 0);
    }
}
