package dev.daybook.metrics.micrometer;

import dev.daybook.metrics.MeterNames;
import io.micrometer.core.instrument.Counter;
import java.util.concurrent.atomic.AtomicLong;

/** The meters of what a bookie has lost and gets back. */
final class RefillMeters {
    private final AtomicLong limbo = new AtomicLong();
    private final AtomicLong stuck = new AtomicLong();
    private final Counter ledgers;
    private final Counter entries;
    private final Counter bytes;

    RefillMeters(Meters meters) {
        meters.gauge(MeterNames.BOOKIE_LIMBO, "Ledgers that may lack entries here", limbo::get);
        meters.gauge(
                MeterNames.BOOKIE_LIMBO_STUCK,
                "Those of them that could not be filled at the last attempt",
                stuck::get);
        ledgers = meters.counter(MeterNames.BOOKIE_REFILLED, "Ledgers filled from other bookies");
        entries = meters.counter(MeterNames.BOOKIE_REFILL_ENTRIES, "Entries copied here for that");
        bytes = meters.bytesCounter(MeterNames.BOOKIE_REFILL_COPIED, "Payload of these entries");
    }

    void limbo(long inLimbo, long ofThemStuck) {
        limbo.set(inLimbo);
        stuck.set(ofThemStuck);
    }

    void refilled(long moreLedgers, long moreEntries, long moreBytes) {
        ledgers.increment((double) moreLedgers);
        entries.increment((double) moreEntries);
        bytes.increment((double) moreBytes);
    }
}
