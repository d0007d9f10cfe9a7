package dev.daybook.client.loop;

import dev.daybook.client.net.NetworkLoop;
import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * Looks at all reads under way twice per hedge delay, so that none needs a timer of its own. A read is hedged when its
 * delay has passed, and at most half of it later. Belongs to one loop.
 */
final class HedgeTicker {
    /** A read that may want to ask another replica. */
    interface Hedged {
        void hedge(long nowNanos);
    }

    private final NetworkLoop net;
    private final Duration interval;
    private final Set<Hedged> reads = new LinkedHashSet<>();
    private boolean scheduled;

    /** @param delay zero: nothing is ever hedged */
    HedgeTicker(NetworkLoop net, Duration delay) {
        this.net = net;
        this.interval = delay.dividedBy(2);
    }

    void add(Hedged read) {
        if (!interval.isZero()) {
            reads.add(read);
            schedule();
        }
    }

    void remove(Hedged read) {
        reads.remove(read);
    }

    private void schedule() {
        if (!scheduled && !reads.isEmpty()) {
            scheduled = true;
            net.schedule(this::tick, interval);
        }
    }

    private void tick() {
        scheduled = false;
        long now = net.nanoTime();
        List.copyOf(reads).forEach(read -> read.hedge(now));
        schedule();
    }
}
