package dev.daybook.core.repair;

import dev.daybook.core.quorum.Answer;
import dev.daybook.protocol.model.BookieId;
import java.util.Optional;
import java.util.Set;

/**
 * How closely a ledger is looked at, and at whom.
 *
 * @param available bookies that are registered, for writing or for reading only
 * @param leaving bookies whose copies shall go elsewhere although they may be available
 * @param suspects bookies of which every entry is asked for, because somebody has found one missing
 * @param percent of the entries of everybody else that are asked for besides the first and the last of each range
 * @param refilled the only bookie that is looked at, because it has lost what it had and gets it back; nobody is
 *     replaced then. Empty: everybody is looked at
 */
public record CheckScope(
        Set<BookieId> available,
        Set<BookieId> leaving,
        Set<BookieId> suspects,
        int percent,
        Optional<BookieId> refilled) {
    public static final int ALL_PERCENT = 100;

    public CheckScope {
        if (percent < 0 || percent > ALL_PERCENT) {
            throw new IllegalArgumentException("a share is between 0 and 100 percent, was " + percent);
        }
        available = Set.copyOf(available);
        leaving = Set.copyOf(leaving);
        suspects = Set.copyOf(suspects);
    }

    /** Of everybody. */
    public CheckScope(Set<BookieId> available, Set<BookieId> leaving, Set<BookieId> suspects, int percent) {
        this(available, leaving, suspects, percent, Optional.empty());
    }

    /** First and last entries only. */
    public static CheckScope of(Set<BookieId> available) {
        return new CheckScope(available, Set.of(), Set.of(), 0);
    }

    /** Every entry of one bookie that may have lost any of them. */
    public static CheckScope ofRefill(BookieId refilled) {
        return new CheckScope(Set.of(refilled), Set.of(), Set.of(refilled), 0, Optional.of(refilled));
    }

    /** The same bookies, first and last entries only. */
    CheckScope endsOnly() {
        return new CheckScope(available, leaving, Set.of(), 0, refilled);
    }

    /** The same look at other bookies; one that is refilled stays the only one. */
    CheckScope withAvailable(Set<BookieId> nowAvailable) {
        return refilled.isPresent() ? this : new CheckScope(nowAvailable, leaving, suspects, percent);
    }

    boolean covers(BookieId bookie) {
        return refilled.isEmpty() || refilled.get().equals(bookie);
    }

    /** What is wrong with a member before it is asked anything. */
    Optional<Fault> faultOf(BookieId member) {
        if (refilled.isPresent()) {
            return Optional.empty();
        } else if (!available.contains(member)) {
            return Optional.of(Fault.LOST);
        }
        return leaving.contains(member) ? Optional.of(Fault.LEAVING) : Optional.empty();
    }

    /** Whether only recovery of the ledger can tell what the member of an open fragment lacks. */
    boolean isOpenlyFaulty(BookieId member) {
        return refilled.map(member::equals).orElseGet(() -> faultOf(member).isPresent());
    }

    /** A refilled bookie that cannot say whether it had an entry does not have it, and may be given it again. */
    Answer<?> heard(BookieId bookie, Answer<?> answer) {
        boolean forgot = answer instanceof Answer.Unknown<?> unknown
                && unknown.reason() == Answer.Reason.LEDGER_STATE_UNKNOWN
                && refilled.filter(bookie::equals).isPresent();
        return forgot ? Answer.negative() : answer;
    }
}
