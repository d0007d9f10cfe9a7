package dev.daybook.protocol.format;

import dev.daybook.protocol.model.LedgerId;
import java.util.List;
import java.util.Locale;
import java.util.OptionalLong;

/** One of the shapes in which ledger records hang below the root: how many digits of the id each level carries. */
public enum LedgerTree {
    FLAT,
    SHORT,
    LONG;

    private static final int LEAF_DIGITS = 4;
    private static final char LEAF_PREFIX = 'L';
    private static final String LARGEST_LONG = Long.toString(Long.MAX_VALUE);

    /** Digits of each directory level, from the root down. */
    private List<Integer> directoryDigits() {
        return switch (this) {
            case FLAT -> List.of();
            case SHORT -> List.of(2, 4);
            case LONG -> List.of(3, 4, 4, 4);
        };
    }

    /** Directory levels between the root and the record. */
    public int depth() {
        return directoryDigits().size();
    }

    /** Whether a child found at this level (0 is directly below the root) can be a directory of this tree. */
    public boolean isDirectory(int level, String name) {
        return name.length() == directoryDigits().get(level) && isDigits(name, 0);
    }

    /** Whether a child of the deepest level can be a ledger's record. */
    public boolean isLeaf(String name) {
        boolean rightLength = this == FLAT ? name.length() > LedgerPaths.FLAT_DIGITS : name.length() == LEAF_DIGITS + 1;
        return rightLength && name.charAt(0) == LEAF_PREFIX && isDigits(name, 1);
    }

    /** Path below the root, with a leading slash. */
    String path(LedgerId ledger) {
        String digits = String.format(Locale.ROOT, "%0" + digits() + "d", ledger.value());
        StringBuilder path = new StringBuilder();
        int at = 0;
        for (int width : directoryDigits()) {
            path.append('/').append(digits, at, at + width);
            at += width;
        }
        return path.append('/').append(LEAF_PREFIX).append(digits.substring(at)).toString();
    }

    /** The largest id whose record can lie below a directory of this tree. */
    public long largestIdBelow(String directory) {
        String prefix = directory.replace("/", "");
        String largest = prefix + "9".repeat(digits() - prefix.length());
        return largest.compareTo(LARGEST_LONG) > 0 && this == LONG ? Long.MAX_VALUE : Long.parseLong(largest);
    }

    /** The id that a path of this shape stands for; empty if it has another shape. */
    OptionalLong ledgerOf(String path) {
        String[] parts = path.split("/", -1);
        if (parts.length != depth() + 2 || !parts[0].isEmpty() || !isLeaf(parts[depth() + 1])) {
            return OptionalLong.empty();
        }
        StringBuilder digits = new StringBuilder();
        for (int level = 0; level < depth(); level++) {
            if (!isDirectory(level, parts[level + 1])) {
                return OptionalLong.empty();
            }
            digits.append(parts[level + 1]);
        }
        try {
            return OptionalLong.of(Long.parseLong(
                    digits.append(parts[depth() + 1].substring(1)).toString()));
        } catch (NumberFormatException beyondAnyId) {
            return OptionalLong.empty();
        }
    }

    private int digits() {
        return this == LONG ? LedgerPaths.LONG_DIGITS : LedgerPaths.FLAT_DIGITS;
    }

    private static boolean isDigits(String text, int from) {
        for (int i = from; i < text.length(); i++) {
            if (text.charAt(i) < '0' || text.charAt(i) > '9') {
                return false;
            }
        }
        return text.length() > from;
    }
}
