package dev.daybook.core.place;

import dev.daybook.core.effect.Dice;
import dev.daybook.protocol.model.BookieId;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Chance in proportion to free space. A bookie of which nothing is known, or that is full, gets the smallest weight that
 * is known; none gets more than three times the median, so that an empty newcomer is not overrun. Source: client
 * protocol specification, section 20.6.
 */
final class Weights {
    private static final long CAP_IN_MEDIANS = 3;

    private final Map<BookieId, Long> weights = new HashMap<>();

    Weights(Collection<BookieId> candidates, Map<BookieId, Long> freeBytes) {
        List<Long> known = candidates.stream()
                .map(bookie -> freeBytes.getOrDefault(bookie, 0L))
                .filter(free -> free > 0)
                .sorted()
                .toList();
        long smallest = known.isEmpty() ? 1 : known.get(0);
        long median = known.isEmpty() ? 1 : known.get(known.size() / 2);
        // Divided so that the sum over any cluster stays far from overflow.
        long cap = median > Long.MAX_VALUE / CAP_IN_MEDIANS ? Long.MAX_VALUE : CAP_IN_MEDIANS * median;
        long unit = 1 + cap / (Long.MAX_VALUE / (candidates.size() + 1L));
        for (BookieId bookie : candidates) {
            long free = freeBytes.getOrDefault(bookie, 0L);
            long weight = free > 0 ? Math.min(free, cap) : smallest;
            weights.put(bookie, Math.max(1, weight / unit));
        }
    }

    /** Takes one of them out of the list. */
    BookieId draw(List<BookieId> among, Dice dice) {
        long total = 0;
        for (BookieId bookie : among) {
            total += of(bookie);
        }
        long ticket = (dice.nextLong() >>> 1) % total;
        int index = 0;
        while (ticket >= of(among.get(index))) {
            ticket -= of(among.get(index));
            index++;
        }
        return among.remove(index);
    }

    private long of(BookieId bookie) {
        return weights.getOrDefault(bookie, 1L);
    }

    /** A copy to draw from. */
    static List<BookieId> hat(Collection<BookieId> bookies) {
        return new ArrayList<>(bookies);
    }
}
