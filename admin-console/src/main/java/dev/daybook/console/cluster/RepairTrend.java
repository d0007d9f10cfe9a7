package dev.daybook.console.cluster;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * How the number of marked ledgers went since the console started, thinned out so that it stays small. A pure value.
 *
 * @param samples the oldest first
 */
public record RepairTrend(List<Sample> samples) {
    public static final RepairTrend NOTHING = new RepairTrend(List.of());

    /** When there are more, every second one goes. */
    static final int SAMPLES_MAX = 480;

    /** The pace is that of so long. */
    private static final Duration WINDOW = Duration.ofMinutes(5);

    /** Below that nothing is said of the pace. */
    private static final Duration WINDOW_MIN = Duration.ofSeconds(15);

    /** @param marked ledgers at that moment */
    public record Sample(Instant at, long marked) {}

    public RepairTrend {
        samples = List.copyOf(samples);
    }

    RepairTrend with(Sample next) {
        List<Sample> kept = new ArrayList<>();
        boolean thin = samples.size() >= SAMPLES_MAX;
        for (int i = 0; i < samples.size(); i++) {
            if (!thin || i % 2 == 0) {
                kept.add(samples.get(i));
            }
        }
        kept.add(next);
        return new RepairTrend(kept);
    }

    /** Ledgers per minute by which the number fell lately; negative if it grew; empty if that cannot be told yet. */
    public Optional<Double> fallPerMinute() {
        if (samples.isEmpty()) {
            return Optional.empty();
        }
        Sample last = samples.get(samples.size() - 1);
        Sample first = samples.stream()
                .filter(sample -> !sample.at().isBefore(last.at().minus(WINDOW)))
                .findFirst()
                .orElse(last);
        Duration between = Duration.between(first.at(), last.at());
        return between.compareTo(WINDOW_MIN) < 0
                ? Optional.empty()
                : Optional.of((first.marked() - last.marked()) * 60_000.0 / between.toMillis());
    }

    /** How long until nothing is marked, at the pace of lately; empty if that would be never, or is done. */
    public Optional<Duration> left() {
        return fallPerMinute()
                .filter(pace -> pace > 0 && samples.get(samples.size() - 1).marked() > 0)
                .map(pace -> Duration.ofSeconds(
                        Math.round(samples.get(samples.size() - 1).marked() * 60 / pace)));
    }

    /** The most there ever were in what is kept. */
    public long peak() {
        return samples.stream().mapToLong(Sample::marked).max().orElse(0);
    }
}
