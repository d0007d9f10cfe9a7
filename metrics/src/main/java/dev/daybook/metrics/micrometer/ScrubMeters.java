package dev.daybook.metrics.micrometer;

import dev.daybook.metrics.MeterNames;
import io.micrometer.core.instrument.Counter;
import java.util.concurrent.atomic.AtomicLong;

/** The meters of scrubbing. */
final class ScrubMeters {
    private static final double NANOS_PER_SECOND = 1e9;

    private final AtomicLong lastRoundNanos = new AtomicLong(System.nanoTime());
    private final AtomicLong damagedPlaces = new AtomicLong();
    private final AtomicLong unreadableLedgers = new AtomicLong();
    private final Counter bytes;

    ScrubMeters(Meters meters) {
        bytes = meters.bytesCounter(MeterNames.BOOKIE_SCRUBBED, "Read back by scrubbing");
        meters.secondsGauge(
                MeterNames.BOOKIE_SCRUB_AGE,
                "Since a scrub round last came to its end",
                () -> (System.nanoTime() - lastRoundNanos.get()) / NANOS_PER_SECOND);
        meters.gauge(
                MeterNames.BOOKIE_DAMAGED_PLACES, "Damaged places found by the last scrub round", damagedPlaces::get);
        meters.gauge(
                MeterNames.BOOKIE_UNREADABLE_LEDGERS,
                "Ledgers with entries that the last scrub round could not read",
                unreadableLedgers::get);
    }

    void completed(long bytesRead, long places, long ledgers) {
        lastRoundNanos.set(System.nanoTime());
        bytes.increment((double) bytesRead);
        damagedPlaces.set(places);
        unreadableLedgers.set(ledgers);
    }
}
