package dev.daybook.client.loop;

import dev.daybook.protocol.model.BookieId;
import dev.daybook.protocol.model.Fragment;
import dev.daybook.protocol.model.LedgerMetadata;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * Bookies that did not store what the writer of one ledger sent them. Most of it goes to another bookie; what is left is a
 * hole that no search finds which asks for the ends of fragments. Belongs to the loop.
 */
final class MissedCopies {
    private final Map<BookieId, Span> spans = new HashMap<>();

    /** Ids from the first to the last that a bookie failed; it may have some between them. */
    private record Span(long first, long last) {
        Span and(Span other) {
            return new Span(Math.min(first, other.first), Math.max(last, other.last));
        }

        boolean meets(long from, long to) {
            return first <= to && last >= from;
        }
    }

    void add(BookieId bookie, long entryId) {
        spans.merge(bookie, new Span(entryId, entryId), Span::and);
    }

    /** Who may lack entries that the closed ledger's record says it has. */
    Set<BookieId> of(LedgerMetadata closed) {
        Set<BookieId> lacking = new TreeSet<>();
        if (spans.isEmpty()) {
            return lacking;
        }
        List<Fragment> fragments = closed.fragments();
        long to = closed.end().orElseThrow().lastEntryId();
        for (int i = fragments.size() - 1; i >= 0; i--) {
            Fragment fragment = fragments.get(i);
            long last = to;
            spans.forEach((bookie, span) -> {
                if (span.meets(fragment.firstEntryId(), last)
                        && fragment.ensemble().contains(bookie)) {
                    lacking.add(bookie);
                }
            });
            to = fragment.firstEntryId() - 1;
        }
        return lacking;
    }
}
