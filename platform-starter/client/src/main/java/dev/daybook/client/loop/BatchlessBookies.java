package dev.daybook.client.loop;

import dev.daybook.protocol.model.BookieId;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;

/**
 * Which bookies do not know batch reads. Before 4.17 they close the connection on one, which a network fault does as
 * well; so it takes two in a row, and the opinion is given up after a while, because bookies are upgraded. Belongs to one
 * loop. Source: wire protocol, section 5.1.
 */
final class BatchlessBookies {
    private static final int LOST_IN_A_ROW = 2;
    private static final long MEMORY_NANOS = Duration.ofMinutes(10).toNanos();

    private final Map<BookieId, Losses> losses = new HashMap<>();

    /** Connections lost in a row, each with a batch read on it. */
    private record Losses(int count, long lastNanos) {}

    void onAnswer(BookieId bookie) {
        if (!losses.isEmpty()) {
            losses.remove(bookie);
        }
    }

    void onConnectionLost(BookieId bookie, long nowNanos) {
        losses.merge(bookie, new Losses(1, nowNanos), (known, one) -> new Losses(known.count() + 1, nowNanos));
    }

    boolean contains(BookieId bookie, long nowNanos) {
        Losses known = losses.get(bookie);
        return known != null && known.count() >= LOST_IN_A_ROW && nowNanos - known.lastNanos() < MEMORY_NANOS;
    }
}
