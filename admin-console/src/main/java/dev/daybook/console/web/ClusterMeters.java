package dev.daybook.console.web;

import dev.daybook.client.meta.BookieRecord;
import dev.daybook.console.cluster.ClusterSnapshot;
import dev.daybook.console.cluster.ClusterWatch;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.MeterBinder;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.function.ToDoubleFunction;

/** The cluster's state as the console sees it, for alerts. What is unknown is NaN, not zero. */
final class ClusterMeters implements MeterBinder {
    private final ClusterWatch watch;

    ClusterMeters(ClusterWatch watch) {
        this.watch = watch;
    }

    @Override
    public void bindTo(MeterRegistry registry) {
        for (BookieRecord.State state : BookieRecord.State.values()) {
            gauge(
                            "daybook.console.bookies",
                            snapshot -> snapshot.bookies().current() ? snapshot.count(state) : Double.NaN)
                    .tag("state", state.name().toLowerCase(Locale.ROOT))
                    .description("Bookies by state")
                    .register(registry);
        }
        gauge(
                        "daybook.console.ledgers.underreplicated",
                        snapshot -> snapshot.underReplicated().current()
                                ? snapshot.underReplicated()
                                        .value()
                                        .map(List::size)
                                        .orElseThrow()
                                : Double.NaN)
                .description("Ledgers marked as lacking copies, counted up to " + ClusterSnapshot.UNDER_REPLICATED_MAX)
                .register(registry);
        gauge(
                        "daybook.console.metadata.reachable",
                        snapshot -> snapshot.metadataProblem().isEmpty() ? 1 : 0)
                .description("1 if the metadata service answered the latest look")
                .register(registry);
        gauge(
                        "daybook.console.snapshot.age",
                        snapshot -> Duration.between(snapshot.takenAt(), Instant.now())
                                        .toMillis()
                                / 1000.0)
                .baseUnit("seconds")
                .description("Age of the latest look")
                .register(registry);
    }

    private Gauge.Builder<ClusterWatch> gauge(String name, ToDoubleFunction<ClusterSnapshot> value) {
        return Gauge.builder(name, watch, w -> value.applyAsDouble(w.latest()));
    }
}
