package dev.daybook.console.cluster;

import dev.daybook.client.meta.audit.AuditorReport;
import dev.daybook.core.audit.Search;
import dev.daybook.protocol.format.RepairLimits;
import dev.daybook.protocol.format.WorkerReport;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Function;

/**
 * Repair as one look saw it.
 *
 * @param workers those of Daybook; others do not report
 * @param delaySeconds for which a single lost bookie is waited for
 * @param completed when each search was last completed, of those that ever were
 * @param auditor what the last auditor of Daybook said of itself
 */
public record RepairSnapshot(
        Fact<MarkedLedgers> marked,
        Fact<List<WorkerReport>> workers,
        Fact<RepairLimits> limits,
        Fact<OptionalLong> delaySeconds,
        Fact<Map<Search, Instant>> completed,
        Fact<Optional<AuditorReport>> auditor,
        RepairTrend trend) {
    static final RepairSnapshot NOTHING_YET = nothingYet("The console has not looked at repair yet.");

    private static RepairSnapshot nothingYet(String reason) {
        return new RepairSnapshot(
                Fact.unknown(reason),
                Fact.unknown(reason),
                Fact.unknown(reason),
                Fact.unknown(reason),
                Fact.unknown(reason),
                Fact.unknown(reason),
                RepairTrend.NOTHING);
    }

    /** The report of whoever is the auditor now; empty if that is none of Daybook's. */
    public Optional<AuditorReport> auditorNow(Fact<Optional<String>> elected) {
        return auditor.value()
                .flatMap(Function.identity())
                .filter(report -> elected.value().flatMap(Function.identity()).equals(Optional.of(report.auditor())));
    }
}
