package dev.daybook.console.cluster;

import dev.daybook.core.audit.Search;
import dev.daybook.protocol.format.RepairLimits;
import dev.daybook.protocol.format.WorkerReport;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;

/**
 * Repair as one look saw it.
 *
 * @param workers those of Daybook; others do not report
 * @param delaySeconds for which a single lost bookie is waited for
 * @param completed when each search was last completed, of those that ever were
 */
public record RepairSnapshot(
        Fact<MarkedLedgers> marked,
        Fact<List<WorkerReport>> workers,
        Fact<RepairLimits> limits,
        Fact<OptionalLong> delaySeconds,
        Fact<Map<Search, Instant>> completed,
        RepairTrend trend) {
    static final RepairSnapshot NOTHING_YET = nothingYet("The console has not looked at repair yet.");

    private static RepairSnapshot nothingYet(String reason) {
        return new RepairSnapshot(
                Fact.unknown(reason),
                Fact.unknown(reason),
                Fact.unknown(reason),
                Fact.unknown(reason),
                Fact.unknown(reason),
                RepairTrend.NOTHING);
    }
}
