package dev.daybook.core.work;

import dev.daybook.core.quorum.Striping;
import dev.daybook.protocol.model.BookieId;
import dev.daybook.protocol.model.Fragment;
import dev.daybook.protocol.model.LedgerMetadata;
import java.util.List;
import java.util.function.Predicate;

/**
 * How near a ledger is to losing entries for good: the smaller, the sooner it should be repaired.
 *
 * @param copiesLeft fewest sound copies of any entry that lacks one and has one; {@link #NOT_AT_RISK} if there is no
 *     such entry, because nothing is missing, or because copying cannot help what has no copy left
 */
public record Risk(int copiesLeft) implements Comparable<Risk> {
    public static final int NOT_AT_RISK = Integer.MAX_VALUE;

    /** Nothing is known to be at risk. */
    public static final Risk NONE = new Risk(NOT_AT_RISK);

    /** @param sound whether a bookie is alive, and nobody has found copies missing on it */
    public static Risk of(LedgerMetadata metadata, Predicate<BookieId> sound) {
        int fewest = NOT_AT_RISK;
        List<Fragment> fragments = metadata.fragments();
        for (int i = 0; i < fragments.size(); i++) {
            long end = i + 1 < fragments.size()
                    ? fragments.get(i + 1).firstEntryId() - 1
                    : metadata.end().map(LedgerMetadata.End::lastEntryId).orElse(Long.MAX_VALUE);
            fewest = Math.min(fewest, ofFragment(metadata, fragments.get(i), end, sound));
        }
        return new Risk(fewest);
    }

    /** After as many entries as there are positions, the same bookies come again. */
    private static int ofFragment(
            LedgerMetadata metadata, Fragment fragment, long lastEntryId, Predicate<BookieId> sound) {
        int fewest = NOT_AT_RISK;
        long first = fragment.firstEntryId();
        for (int offset = 0; offset < metadata.quorum().ensemble() && offset <= lastEntryId - first; offset++) {
            int left = 0;
            for (int position : Striping.writeSet(metadata.quorum(), first + offset)) {
                if (sound.test(fragment.ensemble().get(position))) {
                    left++;
                }
            }
            if (left > 0 && left < metadata.quorum().write()) {
                fewest = Math.min(fewest, left);
            }
        }
        return fewest;
    }

    @Override
    public int compareTo(Risk other) {
        return Integer.compare(copiesLeft, other.copiesLeft);
    }
}
