package dev.daybook.protocol.format;

import dev.daybook.protocol.model.LedgerId;
import dev.daybook.protocol.model.LedgerLayout;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * Where a ledger's records are in the metadata tree. All paths are relative to the root and begin with a slash. Source:
 * metadata specification, sections 10 and 12.1.
 */
public final class LedgerPaths {
    static final int FLAT_DIGITS = 10;
    static final int LONG_DIGITS = 19;

    /** Ids from here on take the long form in the hierarchical layout. */
    private static final long FIRST_LONG_ID = Integer.MAX_VALUE;

    /** Ids from here on would share their legacy path with another ledger. */
    private static final long FIRST_AMBIGUOUS_LEGACY_ID = 10_000_000_000L;

    private static final String UNDER_REPLICATED = "/underreplication/ledgers";
    private static final String LOCKS = "/underreplication/locks";
    private static final String MARK_PREFIX = "urL";

    private LedgerPaths() {}

    /** @throws IllegalArgumentException if the legacy layout has no unambiguous path for the id */
    public static String path(LedgerLayout layout, LedgerId ledger) {
        if (layout == LedgerLayout.LEGACY_HIERARCHICAL && ledger.value() >= FIRST_AMBIGUOUS_LEGACY_ID) {
            throw new IllegalArgumentException(
                    "the legacy hierarchical layout cannot store ledger " + ledger + ", its ids end below 10^10");
        }
        return treeOf(layout, ledger).path(ledger);
    }

    private static LedgerTree treeOf(LedgerLayout layout, LedgerId ledger) {
        return switch (layout) {
            case FLAT -> LedgerTree.FLAT;
            case LEGACY_HIERARCHICAL -> LedgerTree.SHORT;
            case LONG_HIERARCHICAL -> LedgerTree.LONG;
            case HIERARCHICAL -> ledger.value() < FIRST_LONG_ID ? LedgerTree.SHORT : LedgerTree.LONG;
        };
    }

    /** The trees of a layout in the order in which their ids ascend. */
    public static List<LedgerTree> trees(LedgerLayout layout) {
        return switch (layout) {
            case FLAT -> List.of(LedgerTree.FLAT);
            case LEGACY_HIERARCHICAL -> List.of(LedgerTree.SHORT);
            case LONG_HIERARCHICAL -> List.of(LedgerTree.LONG);
            case HIERARCHICAL -> List.of(LedgerTree.SHORT, LedgerTree.LONG);
        };
    }

    /** The ledger whose record lies at the path; empty if no ledger's record can lie there. */
    public static Optional<LedgerId> ledgerAt(LedgerLayout layout, String path) {
        for (LedgerTree tree : trees(layout)) {
            OptionalLong id = tree.ledgerOf(path);
            if (id.isPresent()) {
                return Optional.of(new LedgerId(id.getAsLong()));
            }
        }
        return Optional.empty();
    }

    /** Where the mark of an under-replicated ledger lies. */
    public static String underReplicated(LedgerId ledger) {
        StringBuilder path = new StringBuilder(UNDER_REPLICATED);
        String hex = String.format(Locale.ROOT, "%016x", ledger.value());
        for (int at = 0; at < hex.length(); at += 4) {
            path.append('/').append(hex, at, at + 4);
        }
        return path.append('/').append(markName(ledger)).toString();
    }

    /** Where the lock of a worker lies that repairs the ledger. */
    public static String lock(LedgerId ledger) {
        return LOCKS + "/" + markName(ledger);
    }

    /** The ledger that the last part of a mark's or lock's path names; empty if the name has another shape. */
    public static Optional<LedgerId> markedLedger(String name) {
        if (!name.matches(MARK_PREFIX + "\\d{" + FLAT_DIGITS + "," + LONG_DIGITS + "}")) {
            return Optional.empty();
        }
        try {
            return Optional.of(new LedgerId(Long.parseLong(name.substring(MARK_PREFIX.length()))));
        } catch (NumberFormatException beyondAnyId) {
            return Optional.empty();
        }
    }

    private static String markName(LedgerId ledger) {
        return MARK_PREFIX + String.format(Locale.ROOT, "%010d", ledger.value());
    }
}
