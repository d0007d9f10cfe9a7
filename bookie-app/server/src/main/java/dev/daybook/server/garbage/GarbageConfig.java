package dev.daybook.server.garbage;

import dev.daybook.engine.compaction.CompactionRules;
import dev.daybook.engine.compaction.DiskBrake;
import dev.daybook.engine.garbage.DeletionLimit;
import java.time.Duration;

/**
 * How space is won back.
 *
 * @param interval between two passes
 * @param limit of what one pass may delete
 * @param tombstones how long a deleted ledger is remembered at least
 * @param overReplicatedInterval how often copies are looked for that belong elsewhere; zero: never
 * @param metadataReadsPerSecond of single ledgers, at most
 */
public record GarbageConfig(
        Duration interval,
        DeletionLimit limit,
        Duration tombstones,
        Duration overReplicatedInterval,
        int metadataReadsPerSecond,
        Compaction compaction) {
    public static final GarbageConfig DEFAULT = new GarbageConfig(
            Duration.ofMinutes(15),
            DeletionLimit.DEFAULT,
            Duration.ofDays(7),
            Duration.ofHours(24),
            1000,
            Compaction.DEFAULT);

    /** @throws IllegalArgumentException with one sentence that names the property */
    public GarbageConfig {
        Compaction.check(interval.toMillis() > 0, "daybook.bookie.gc-interval must be positive, was " + interval);
        Compaction.check(
                !tombstones.isNegative(), "daybook.bookie.gc.tombstones must not be negative, was " + tombstones);
        Compaction.check(
                !overReplicatedInterval.isNegative(),
                "daybook.bookie.gc.over-replicated-interval must not be negative, was " + overReplicatedInterval);
        Compaction.check(
                metadataReadsPerSecond > 0,
                "daybook.bookie.gc.metadata-reads-per-second must be positive, was " + metadataReadsPerSecond);
        compaction.rules().checkPass(interval.toMillis());
    }

    /** With another time between two passes. */
    public GarbageConfig withInterval(Duration newInterval) {
        return new GarbageConfig(
                newInterval, limit, tombstones, overReplicatedInterval, metadataReadsPerSecond, compaction);
    }

    /**
     * How entry logs are rewritten.
     *
     * @param bytesPerSecond copied at most; 0: no limit
     * @param entriesPerSecond copied at most; 0: no limit
     * @param reserveBytes of each disk that copies leave free at least; what flushes need stays free in any case
     * @param disk used shares at which the disk holds it back
     */
    public record Compaction(
            CompactionRules rules,
            long bytesPerSecond,
            long entriesPerSecond,
            long reserveBytes,
            DiskBrake.Shares disk) {
        public static final Compaction DEFAULT = new Compaction(
                CompactionRules.DEFAULT, 16L << 20, 0, 64L << 20, new DiskBrake.Shares(0.90, 0.95, 0.93));

        public Compaction {
            check(bytesPerSecond >= 0, "daybook.bookie.compaction.rate must not be negative, was " + bytesPerSecond);
            check(
                    entriesPerSecond >= 0,
                    "daybook.bookie.compaction.entries-per-second must not be negative, was " + entriesPerSecond);
            check(reserveBytes >= 0, "daybook.bookie.compaction.reserve must not be negative, was " + reserveBytes);
        }

        private static void check(boolean holds, String sentence) {
            if (!holds) {
                throw new IllegalArgumentException(sentence);
            }
        }
    }
}
