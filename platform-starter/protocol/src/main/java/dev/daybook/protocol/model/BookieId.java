package dev.daybook.protocol.model;

/**
 * The name of a bookie in ledger metadata, registrations, cookies and marks. Often {@code host:port}, but only the
 * registration says where it listens. Source of the alphabet: metadata specification, section 7.1.
 */
public record BookieId(String value) implements Comparable<BookieId> {
    public BookieId {
        if (!isValid(value)) {
            throw new IllegalArgumentException("\"" + value
                    + "\" is not a bookie id: use letters, digits and - _ . : only, and not the word \"readonly\"");
        }
    }

    public static boolean isValid(String text) {
        if (text.isEmpty() || text.equalsIgnoreCase("readonly")) {
            return false;
        }
        for (int i = 0; i < text.length(); i++) {
            if (!isAllowed(text.charAt(i))) {
                return false;
            }
        }
        return true;
    }

    /** The peer's pattern has an accidental range from ':' to '_'; readers have to accept what it lets through. */
    private static boolean isAllowed(char c) {
        return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || (c >= ':' && c <= '_') || c == '-' || c == '.';
    }

    @Override
    public int compareTo(BookieId other) {
        return value.compareTo(other.value);
    }

    @Override
    public String toString() {
        return value;
    }
}
