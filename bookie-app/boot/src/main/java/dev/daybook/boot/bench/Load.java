package dev.daybook.boot.bench;

import java.time.Duration;

/**
 * How hard and how long a cluster is driven.
 *
 * @param outstanding operations submitted and not answered, over all lanes
 * @param operationsPerSecond pace of submissions, 0 for as fast as {@code outstanding} allows. Latency then counts from
 *     the moment an operation was due, so a stall shows in every operation that it delayed
 * @param operationsMax measured operations after which the run ends, 0 to end by time
 * @param warmup not measured
 * @param measured unused if {@code operationsMax} ends the run
 */
public record Load(
        int outstanding, double operationsPerSecond, long operationsMax, Duration warmup, Duration measured) {
    public Load {
        if (outstanding < 1) {
            throw BenchTarget.wrong("--outstanding must be positive, was " + outstanding + ".");
        }
        if (operationsPerSecond < 0 || operationsMax < 0) {
            throw BenchTarget.wrong("--rate and --entries must not be negative.");
        }
        if (operationsMax == 0 && (measured.isZero() || measured.isNegative())) {
            throw BenchTarget.wrong("--seconds must be positive, was " + measured.toSeconds() + ".");
        }
        if (warmup.isNegative()) {
            throw BenchTarget.wrong("--warmup must not be negative, was " + warmup.toSeconds() + ".");
        }
    }

    /** As fast as possible until so many operations are done, all of them measured. */
    static Load of(int outstanding, long operationsMax) {
        return new Load(outstanding, 0, operationsMax, Duration.ZERO, Duration.ZERO);
    }

    boolean endsByCount() {
        return operationsMax > 0;
    }

    public String text() {
        return outstanding + " outstanding"
                + (operationsPerSecond > 0 ? ", paced at " + operationsPerSecond + " a second" : "")
                + ", warm-up " + warmup.toSeconds() + " s, "
                + (endsByCount() ? operationsMax + " operations" : "measured " + measured.toSeconds() + " s");
    }
}
