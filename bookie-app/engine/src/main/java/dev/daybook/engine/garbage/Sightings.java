package dev.daybook.engine.garbage;

import java.util.Arrays;
import java.util.HashSet;
import java.util.Set;

/**
 * Remembers for which ledgers something was seen in the last pass, so that only what is seen in two passes in a row has
 * consequences. A pass that does not come to its end says nothing: it is not told here, and the passes before and after
 * it count as neighbours.
 */
public final class Sightings {
    private Set<Long> last = Set.of();

    /**
     * A pass has come to its end.
     *
     * @param seen ledgers for which it was seen
     * @return those of them for which the last pass saw it, too
     */
    public long[] pass(long[] seen) {
        Set<Long> before = last;
        Set<Long> now = new HashSet<>();
        Arrays.stream(seen).forEach(now::add);
        last = now;
        return Arrays.stream(seen).filter(before::contains).toArray();
    }
}
