package dev.daybook.console.view;

import dev.daybook.console.cluster.ClusterSnapshot;
import dev.daybook.console.cluster.RepairSnapshot;
import dev.daybook.protocol.format.RepairLimits;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * The page of auto-recovery.
 *
 * @param repair the switch
 * @param delay how long a single lost bookie is waited for
 * @param speedLimit of all workers together
 * @param ledgersLimit of all workers together
 * @param workersKnown false if they could never be asked for
 * @param problem why something could not be read again; empty if all could
 */
public record RecoveryPage(
        Mark repair,
        String auditor,
        String delay,
        String speedLimit,
        String ledgersLimit,
        TrendView trend,
        List<SearchRow> searches,
        boolean workersKnown,
        List<WorkerRow> workers,
        String problem) {
    public static RecoveryPage of(ClusterSnapshot cluster, RepairSnapshot repair, Instant now) {
        return new RecoveryPage(
                OverviewPage.repair(cluster.autoRecovery()),
                OverviewPage.auditor(cluster.auditor()),
                repair.delaySeconds()
                        .value()
                        .map(seconds ->
                                seconds.isPresent() ? Lapse.text(Duration.ofSeconds(seconds.getAsLong())) : "not set")
                        .orElse("unknown"),
                limit(
                        repair,
                        limits -> limits.bytesPerSecond() == 0
                                ? Optional.empty()
                                : Optional.of(Num.bytes(limits.bytesPerSecond()).text() + "/s")),
                limit(
                        repair,
                        limits -> limits.ledgersAtOnce() == 0
                                ? Optional.empty()
                                : Optional.of(Num.count(limits.ledgersAtOnce()).text())),
                TrendView.of(repair, now),
                SearchRow.of(repair, now),
                repair.workers().known(),
                repair.workers().value().orElse(List.of()).stream()
                        .map(report -> WorkerRow.of(report, now))
                        .toList(),
                repair.workers().problem().or(() -> repair.marked().problem()).orElse(""));
    }

    private interface Part {
        Optional<String> of(RepairLimits limits);
    }

    private static String limit(RepairSnapshot repair, Part part) {
        return repair.limits()
                .value()
                .map(limits -> part.of(limits).orElse("no limit"))
                .orElse("unknown");
    }
}
