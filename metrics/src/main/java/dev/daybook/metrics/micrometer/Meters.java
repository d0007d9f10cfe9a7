package dev.daybook.metrics.micrometer;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tag;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.Timer;
import java.util.function.Supplier;

/**
 * Registers meters with the tags that all meters of one recorder share. Timers come without percentiles and histogram
 * buckets; whoever wants them says so with a Micrometer meter filter or Boot's distribution properties.
 */
final class Meters {
    private static final String BYTES = "bytes";

    private final MeterRegistry registry;
    private final Tags common;

    Meters(MeterRegistry registry, Iterable<Tag> common) {
        this.registry = registry;
        this.common = Tags.of(common);
    }

    Timer timer(String name, String description, String... tags) {
        return Timer.builder(name)
                .description(description)
                .tags(common.and(tags))
                .register(registry);
    }

    Counter counter(String name, String description, String... tags) {
        return Counter.builder(name)
                .description(description)
                .tags(common.and(tags))
                .register(registry);
    }

    Counter bytesCounter(String name, String description, String... tags) {
        return Counter.builder(name)
                .description(description)
                .baseUnit(BYTES)
                .tags(common.and(tags))
                .register(registry);
    }

    /** The registry keeps the supplier alive. */
    void gauge(String name, String description, Supplier<Number> value, String... tags) {
        Gauge.builder(name, value)
                .description(description)
                .tags(common.and(tags))
                .register(registry);
    }

    /** The registry keeps the supplier alive. */
    void secondsGauge(String name, String description, Supplier<Number> value) {
        Gauge.builder(name, value)
                .description(description)
                .baseUnit("seconds")
                .tags(common)
                .register(registry);
    }

    /** The registry keeps the supplier alive. */
    void bytesGauge(String name, String description, Supplier<Number> value, String... tags) {
        Gauge.builder(name, value)
                .description(description)
                .baseUnit(BYTES)
                .tags(common.and(tags))
                .register(registry);
    }
}
