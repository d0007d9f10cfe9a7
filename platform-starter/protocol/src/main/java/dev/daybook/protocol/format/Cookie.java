package dev.daybook.protocol.format;

import dev.daybook.protocol.model.BookieId;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * Who a bookie is and where its directories are. The cookie made from the present configuration is the <em>master</em>;
 * every stored one, in the metadata service or in a directory, is compared with it. Source: metadata specification,
 * section 8.
 *
 * @param layoutVersion 3 or more; written as {@link #PRESENT_LAYOUT} always
 * @param journalDirs configured journal directories, in order
 * @param ledgerDirs configured ledger directories, in order
 * @param indexDirs empty if index directories are not configured apart from ledger directories
 * @param instanceId the cluster's incarnation; empty if the cluster has none
 */
public record Cookie(
        int layoutVersion,
        BookieId bookie,
        List<String> journalDirs,
        List<String> ledgerDirs,
        Optional<List<String>> indexDirs,
        Optional<String> instanceId) {
    /** The layout version of new cookies. */
    public static final int PRESENT_LAYOUT = 5;

    /** The oldest layout that can still be compared; it knows neither index directories nor the instance. */
    static final int OLDEST_LAYOUT = 3;

    public Cookie {
        if (layoutVersion < OLDEST_LAYOUT) {
            throw new IllegalArgumentException("cookies of layout " + layoutVersion + " are obsolete");
        }
        journalDirs = List.copyOf(journalDirs);
        ledgerDirs = List.copyOf(ledgerDirs);
        indexDirs = indexDirs.map(List::copyOf);
    }

    /** A cookie in the present layout. */
    public static Cookie of(
            BookieId bookie,
            List<String> journalDirs,
            List<String> ledgerDirs,
            Optional<List<String>> indexDirs,
            Optional<String> instanceId) {
        return new Cookie(PRESENT_LAYOUT, bookie, journalDirs, ledgerDirs, indexDirs, instanceId);
    }

    /**
     * Compares this master with a stored cookie, exactly: the order of directories counts.
     *
     * @return one sentence that names the first difference; empty if the stored cookie is this bookie's
     */
    public Optional<String> mismatch(Cookie stored) {
        return mismatch(stored, false);
    }

    /**
     * Compares this master with a stored cookie where directories may have been added since: every stored ledger and
     * index directory must still be configured, in any order.
     *
     * @return one sentence that names the first difference; empty if the stored cookie is this bookie's
     */
    public Optional<String> mismatchAllowingExpansion(Cookie stored) {
        return mismatch(stored, true);
    }

    private Optional<String> mismatch(Cookie stored, boolean expansion) {
        if (!bookie.equals(stored.bookie)) {
            return differs("bookie id", bookie, stored.bookie);
        }
        if (!journalDirs.equals(stored.journalDirs)) {
            return differs("journal directories", journalDirs, stored.journalDirs);
        }
        if (!matches(ledgerDirs, stored.ledgerDirs, expansion)) {
            return differs("ledger directories", ledgerDirs, stored.ledgerDirs);
        }
        if (stored.layoutVersion == OLDEST_LAYOUT) {
            return Optional.empty();
        }
        if (!matches(effectiveIndexDirs(), stored.effectiveIndexDirs(), expansion)) {
            return differs("index directories", effectiveIndexDirs(), stored.effectiveIndexDirs());
        }
        if (!instanceId.equals(stored.instanceId)) {
            return differs("cluster instance id", instanceId.orElse("none"), stored.instanceId.orElse("none"));
        }
        return Optional.empty();
    }

    private List<String> effectiveIndexDirs() {
        return indexDirs.orElse(ledgerDirs);
    }

    private static boolean matches(List<String> master, List<String> stored, boolean expansion) {
        return expansion ? new HashSet<>(master).containsAll(stored) : master.equals(stored);
    }

    private static Optional<String> differs(String what, Object master, Object stored) {
        return Optional.of("The stored cookie does not belong to this bookie: its " + what + " is "
                + Objects.toString(stored) + ", but the configuration says " + Objects.toString(master) + ".");
    }
}
