package dev.daybook.client.net;

import dev.daybook.protocol.model.BookieId;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * Bookies that connections could not be secured with, and why, until they answer: whoever fails for want of bookies can say
 * what is really wrong. Belongs to one loop.
 */
final class Unsecured {
    private static final int TOLD_MAX = 3;

    private final Map<BookieId, String> reasons = new LinkedHashMap<>();

    void failed(BookieId bookie, String why) {
        reasons.put(bookie, why);
    }

    /** A guess, which does not replace what is known. */
    void mayHaveFailed(BookieId bookie, String why) {
        reasons.putIfAbsent(bookie, why);
    }

    void answered(BookieId bookie) {
        reasons.remove(bookie);
    }

    /** A sentence without its full stop. */
    Optional<String> sentence() {
        return reasons.isEmpty()
                ? Optional.empty()
                : Optional.of(reasons.entrySet().stream()
                        .limit(TOLD_MAX)
                        .map(entry -> "bookie " + entry.getKey() + " cannot be used, because " + entry.getValue())
                        .collect(Collectors.joining("; ")));
    }
}
