package dev.daybook.core.job;

import java.util.ArrayList;
import java.util.List;

/**
 * What could not be moved.
 *
 * @param named some of them
 * @param count all of them
 */
public record Blockers(List<Blocker> named, long count) {
    /** However many there are, a record has to hold them. */
    public static final int NAMED_MAX = 50;

    public static final Blockers NONE = new Blockers(List.of(), 0);

    public Blockers {
        named = List.copyOf(named);
        if (named.size() > Math.min(count, NAMED_MAX)) {
            throw new IllegalArgumentException(named.size() + " of " + count + " blockers cannot be named");
        }
    }

    Blockers plus(Blocker another) {
        if (named.size() == NAMED_MAX) {
            return new Blockers(named, count + 1);
        }
        List<Blocker> more = new ArrayList<>(named);
        more.add(another);
        return new Blockers(more, count + 1);
    }
}
