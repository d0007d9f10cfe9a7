package dev.daybook.engine.garbage;

import java.util.Optional;

/**
 * Stops a pass that would delete so much that a mistake is likelier than the wish: an emptied or replaced metadata root
 * looks like the deletion of every ledger, and asking for each one by one does not tell the difference.
 *
 * @param shareMax of the ledgers held here that one pass may delete, 0 to 1
 * @param ledgersMin so few may always be deleted, unless the listing was empty
 */
public record DeletionLimit(double shareMax, int ledgersMin) {
    public static final DeletionLimit DEFAULT = new DeletionLimit(0.5, 100);

    /** @throws IllegalArgumentException with one sentence that names the property */
    public DeletionLimit {
        if (!(shareMax >= 0 && shareMax <= 1)) {
            throw new IllegalArgumentException(
                    "daybook.bookie.gc.max-deleted-share must lie between 0 and 1, was " + shareMax);
        }
        if (ledgersMin < 0) {
            throw new IllegalArgumentException("ledgersMin must not be negative, was " + ledgersMin);
        }
    }

    /**
     * Why the pass must not delete, in one sentence.
     *
     * @param held ledgers here when the pass began
     * @param candidates of them that the pass would delete
     * @param listed ledgers that exist in the cluster
     */
    public Optional<String> refusalOf(long held, long candidates, long listed) {
        if (candidates == 0) {
            return Optional.empty();
        }
        if (listed == 0) {
            return Optional.of("The metadata service lists no ledger at all, but this bookie holds " + held
                    + ": if all of them were deleted on purpose, force a garbage collection that may delete everything,"
                    + " otherwise restore the metadata.");
        }
        boolean tooMany = candidates > ledgersMin && candidates > shareMax * held;
        return tooMany
                ? Optional.of(candidates + " of the " + held + " ledgers on this bookie are gone from the metadata,"
                        + " which is more than daybook.bookie.gc.max-deleted-share (" + shareMax
                        + ") allows in one pass: if they were deleted on purpose, force a garbage collection that may"
                        + " delete everything, otherwise restore the metadata.")
                : Optional.empty();
    }
}
