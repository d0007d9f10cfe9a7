package dev.daybook.core.quorum;

import dev.daybook.protocol.model.Quorum;

/**
 * Which ensemble positions store an entry. Positions index the ensemble of the fragment that contains the entry; the
 * modulus is over the absolute entry id. All in 64-bit arithmetic: the peer's add path truncates to 32 bits and goes
 * wrong from entry 2^31 on. Source: client protocol specification, section 4.
 */
public final class Striping {
    private Striping() {}

    /** The {@code step}-th position of the round that starts at the entry's first replica. */
    public static int position(Quorum quorum, long entryId, int step) {
        // Reducing the id first keeps the sum far from overflow for ids up to 2^63 - 1.
        return (int) ((entryId % quorum.ensemble() + step) % quorum.ensemble());
    }

    /** Position of each replica, in writing order. */
    public static int[] writeSet(Quorum quorum, long entryId) {
        return round(quorum, entryId, quorum.write());
    }

    /** Every position once, starting with the write set. */
    public static int[] ensembleSet(Quorum quorum, long entryId) {
        return round(quorum, entryId, quorum.ensemble());
    }

    public static boolean stores(Quorum quorum, long entryId, int position) {
        return stepOf(quorum, entryId, position) < quorum.write();
    }

    /** How many positions lie between the entry's first replica and {@code position}: the inverse of position. */
    static int stepOf(Quorum quorum, long entryId, int position) {
        return Math.floorMod(position - (int) (entryId % quorum.ensemble()), quorum.ensemble());
    }

    private static int[] round(Quorum quorum, long entryId, int steps) {
        int[] positions = new int[steps];
        for (int step = 0; step < steps; step++) {
            positions[step] = position(quorum, entryId, step);
        }
        return positions;
    }
}
