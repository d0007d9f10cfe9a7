package dev.daybook.metrics.micrometer;

import dev.daybook.metrics.MeterNames;
import io.micrometer.core.instrument.Counter;
import java.util.Locale;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicLongArray;

/** The meters of garbage collection and compaction. */
final class ReclamationMeters {
    private static final int SHARES = 10;
    private static final double NANOS_PER_SECOND = 1e9;

    private final AtomicLong lastSuccessNanos = new AtomicLong(System.nanoTime());
    private final AtomicLongArray logsByLiveShare = new AtomicLongArray(SHARES);
    private final Counter ledgers;
    private final Counter reclaimed;
    private final Counter copied;

    ReclamationMeters(Meters meters) {
        meters.secondsGauge(
                MeterNames.BOOKIE_GARBAGE_AGE,
                "Since a pass of garbage collection last came to its end",
                () -> (System.nanoTime() - lastSuccessNanos.get()) / NANOS_PER_SECOND);
        ledgers = meters.counter(MeterNames.BOOKIE_GARBAGE_LEDGERS, "Ledgers deleted here");
        reclaimed = meters.bytesCounter(MeterNames.BOOKIE_RECLAIMED, "Entry logs deleted");
        copied = meters.bytesCounter(MeterNames.BOOKIE_COMPACTION_COPIED, "Live entries copied by compaction");
        for (int i = 0; i < SHARES; i++) {
            int index = i;
            meters.gauge(
                    MeterNames.BOOKIE_LOGS_BY_LIVE_SHARE,
                    "Finished entry logs by live share",
                    () -> logsByLiveShare.get(index),
                    MeterNames.LIVE,
                    String.format(Locale.ROOT, "%.1f", (index + 1.0) / SHARES));
        }
    }

    void collected(long deleted) {
        lastSuccessNanos.set(System.nanoTime());
        ledgers.increment((double) deleted);
    }

    void reclaimed(long bytes) {
        reclaimed.increment((double) bytes);
    }

    void copied(long bytes) {
        copied.increment((double) bytes);
    }

    void logsByLiveShare(long[] logs) {
        for (int i = 0; i < SHARES; i++) {
            logsByLiveShare.set(i, logs[i]);
        }
    }
}
