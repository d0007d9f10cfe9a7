package dev.daybook.core.quorum;

import dev.daybook.protocol.model.Quorum;
import java.util.function.IntPredicate;

/**
 * Whether the bookies that answered leave no ack quorum outside. Written once and as a pure function, because the peer
 * got it wrong in both directions several times: too weak loses data, too strong gets stuck. Source: client protocol
 * specification, section 4.2.
 */
public final class Coverage {
    private Coverage() {}

    /**
     * True iff in every write set of the ensemble fewer than {@code A} positions are unknown.
     *
     * @param known whether the position gave a positive or explicitly negative answer; errors and silence do not count
     */
    public static boolean ofEnsemble(Quorum quorum, IntPredicate known) {
        for (int first = 0; first < quorum.ensemble(); first++) {
            int unknown = 0;
            for (int step = 0; step < quorum.write(); step++) {
                if (!known.test((first + step) % quorum.ensemble())) {
                    unknown++;
                }
            }
            if (unknown >= quorum.ack()) {
                return false;
            }
        }
        return true;
    }

    /** True iff so many explicit negatives leave no room for an ack quorum in the write set of one entry. */
    public static boolean ofWriteSet(Quorum quorum, int explicitNegatives) {
        return explicitNegatives >= quorum.coverageOfWriteSet();
    }
}
