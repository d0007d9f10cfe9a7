package dev.daybook.core.place;

import java.util.List;
import java.util.Set;

/**
 * One demand on every write set. A write set is a window of {@code W} consecutive positions, so a rule that holds for
 * every window of an ensemble holds for every entry.
 *
 * @param words to be read after "such that"
 * @param worth how well an ensemble that keeps this rule, and none that is stricter, adheres to the policy
 * @param supply spares the search in clusters that cannot meet the rule
 */
record WindowRule(String words, Adherence worth, Test test, Supply supply) {
    /** Must say yes to a window that is not full for as long as filling it can still make it right. */
    interface Test {
        /**
         * @param present where the members stand that are chosen already
         * @param open how many are still to be chosen
         */
        boolean allows(List<NetworkLocation> present, int open);
    }

    /** Must say yes unless no window at all can be made of bookies in these locations. */
    interface Supply {
        boolean mayDo(Set<NetworkLocation> available);
    }

    /** Whatever there is. */
    static WindowRule anything(Adherence worth) {
        return new WindowRule("there are enough bookies", worth, (present, open) -> true, available -> true);
    }

    WindowRule and(WindowRule other) {
        return new WindowRule(
                words + " and " + other.words,
                worth,
                (present, open) -> test.allows(present, open) && other.test.allows(present, open),
                available -> supply.mayDo(available) && other.supply.mayDo(available));
    }
}
