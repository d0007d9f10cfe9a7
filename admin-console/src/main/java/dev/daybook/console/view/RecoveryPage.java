package dev.daybook.console.view;

import dev.daybook.client.meta.audit.AuditorReport;
import dev.daybook.console.cluster.ClusterSnapshot;
import dev.daybook.console.cluster.RepairSnapshot;
import dev.daybook.protocol.format.RepairLimits;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The page of auto-recovery.
 *
 * @param repair the switch
 * @param term of the auditor, if it is one of Daybook's; unknown otherwise
 * @param elected since when; null if that is not told
 * @param awaited bookies that are away and may come back before anything is marked
 * @param delay how long a single lost bookie is waited for
 * @param speedLimit of all workers together
 * @param ledgersLimit of all workers together
 * @param workersKnown false if they could never be asked for
 * @param problem why something could not be read again; empty if all could
 */
public record RecoveryPage(
        Mark repair,
        String auditor,
        Num term,
        @Nullable When elected,
        List<BookieChip> awaited,
        String delay,
        String speedLimit,
        String ledgersLimit,
        TrendView trend,
        List<SearchRow> searches,
        boolean workersKnown,
        List<WorkerRow> workers,
        String problem) {
    public static RecoveryPage of(ClusterSnapshot cluster, RepairSnapshot repair, Instant now) {
        Optional<AuditorReport> auditor = repair.auditorNow(cluster.auditor());
        return new RecoveryPage(
                OverviewPage.repair(cluster.autoRecovery()),
                OverviewPage.auditor(cluster.auditor()),
                auditor.map(report -> Num.count(report.term())).orElse(Num.UNKNOWN),
                auditor.map(report -> When.ofMillis(report.electedMillis(), now))
                        .orElse(null),
                auditor.map(AuditorReport::awaited).orElse(Set.of()).stream()
                        .map(bookie -> BookieChip.of(bookie, cluster.presence(bookie)))
                        .toList(),
                repair.delaySeconds().value().map(RecoveryPage::delay).orElse("unknown"),
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
                SearchRow.of(repair, auditor, now),
                repair.workers().known(),
                repair.workers().value().orElse(List.of()).stream()
                        .map(report -> WorkerRow.of(report, now))
                        .toList(),
                repair.workers().problem().or(() -> repair.marked().problem()).orElse(""));
    }

    private static String delay(OptionalLong seconds) {
        if (seconds.isEmpty()) {
            return "not set";
        }
        return seconds.getAsLong() == 0 ? "not at all" : Lapse.text(Duration.ofSeconds(seconds.getAsLong()));
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
