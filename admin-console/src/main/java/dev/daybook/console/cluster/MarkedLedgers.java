package dev.daybook.console.cluster;

import dev.daybook.protocol.model.BookieId;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The ledgers that lack copies, as one survey saw them.
 *
 * @param worstFirst at most {@link #LISTED_MAX}
 * @param more whether there are further ones
 */
public record MarkedLedgers(List<RatedMark> worstFirst, boolean more) {
    /** Beyond this many, ledgers are not even counted. */
    public static final int LISTED_MAX = 50_000;

    public MarkedLedgers {
        worstFirst = List.copyOf(worstFirst);
    }

    public int count() {
        return worstFirst.size();
    }

    /** How many there are of each level that occurs. */
    public Map<FragmentRisk.Level, Long> ladder() {
        Map<FragmentRisk.Level, Long> ladder = new EnumMap<>(FragmentRisk.Level.class);
        worstFirst.forEach(rated -> ladder.merge(rated.level(), 1L, Long::sum));
        return ladder;
    }

    /** Of closed ledgers; what is open adds nothing. */
    public long bytesLacking() {
        return worstFirst.stream().mapToLong(RatedMark::bytesLacking).sum();
    }

    /** Those of one level, and those that a bookie's loss is the reason for, in the same order. */
    public List<RatedMark> only(Optional<FragmentRisk.Level> level, Optional<BookieId> missing) {
        return worstFirst.stream()
                .filter(rated -> level.isEmpty() || rated.level() == level.get())
                .filter(rated -> missing.isEmpty() || rated.mark().missing().contains(missing.get()))
                .toList();
    }
}
