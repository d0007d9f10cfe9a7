package dev.daybook.boot.autorecovery;

import dev.daybook.client.PlacementConfig;
import dev.daybook.server.autorecovery.Duty;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;

/**
 * Settings of auto-recovery, which finds ledgers that lack copies and gives them back.
 *
 * @param enabled Whether a bookie runs it beside its own work; the role autorecovery always does.
 * @param name What others see in locks and in the auditor's vote; by default the bookie's id or the machine's name.
 * @param duties Audit, repair, or both: what this process does for the cluster.
 * @param ledgersAtOnce Ledgers repaired at the same time.
 * @param rate Bytes per second that repairs read, all together; 0 for no limit.
 * @param giveWay Whether repairs slow down while bookies take longer to answer because others have much to do.
 * @param gracePeriod How long the writer of an open ledger has to replace a lost bookie before the ledger is closed.
 * @param backOff How long a ledger that could not be repaired is left alone, after several attempts; less after the first.
 * @param lostBookieDelay How long a single lost bookie is waited for, if nothing is stored for the cluster yet.
 * @param audit What the auditor searches for, and how often.
 * @param placement How bookies are chosen for copies.
 * @param rebalance Whether bookies are evened out without an order.
 * @param http Address of health and metrics of the role; nothing is served without a port.
 * @param connectTimeout How long a start waits for the metadata service.
 * @param sessionTimeout Of the metadata service.
 */
@ConfigurationProperties("daybook.autorecovery")
public record AutoRecoveryProperties(
        boolean enabled,
        @Nullable String name,
        @DefaultValue({"audit", "repair"}) Set<Duty> duties,
        @DefaultValue("4") int ledgersAtOnce,
        @DefaultValue("0B") DataSize rate,
        @DefaultValue("true") boolean giveWay,
        @DefaultValue("30s") Duration gracePeriod,
        @DefaultValue("5m") Duration backOff,
        @DefaultValue("0s") Duration lostBookieDelay,
        @DefaultValue Audit audit,
        @DefaultValue Placement placement,
        @DefaultValue Rebalance rebalance,
        @DefaultValue Http http,
        @DefaultValue("10s") Duration connectTimeout,
        @DefaultValue("10s") Duration sessionTimeout) {
    public AutoRecoveryProperties {
        check(!duties.isEmpty(), "duties must name audit, repair, or both");
        check(ledgersAtOnce >= 1, "ledgers-at-once must be at least 1, was " + ledgersAtOnce);
        check(!rate.isNegative(), "rate must not be negative, was " + rate);
        check(!gracePeriod.isNegative(), "grace-period must not be negative, was " + gracePeriod);
        check(backOff.toMillis() > 0, "back-off must be positive, was " + backOff);
        check(!lostBookieDelay.isNegative(), "lost-bookie-delay must not be negative, was " + lostBookieDelay);
        check(connectTimeout.toMillis() > 0, "connect-timeout must be positive, was " + connectTimeout);
        check(sessionTimeout.toMillis() > 0, "session-timeout must be positive, was " + sessionTimeout);
    }

    Optional<String> explicitName() {
        return Optional.ofNullable(name).filter(text -> !text.isBlank());
    }

    private static void check(boolean holds, String sentence) {
        if (!holds) {
            throw new IllegalArgumentException("daybook.autorecovery." + sentence);
        }
    }

    /**
     * What the auditor searches for besides after the loss of bookies.
     *
     * @param lostBookiesInterval How often all ledgers are searched for lost bookies; 0s: at its election only.
     * @param missingCopiesInterval How often bookies are asked for copies that they should have; 0s: never.
     * @param percent Share of the entries that are asked for then, besides the first and last of each fragment.
     * @param placementInterval How often ensembles are judged by the placement policy; 0s: never.
     * @param replicasInterval How often bookies are asked for every copy of every entry; 0s: never.
     */
    public record Audit(
            @DefaultValue("1d") Duration lostBookiesInterval,
            @DefaultValue("7d") Duration missingCopiesInterval,
            @DefaultValue("0") int percent,
            @DefaultValue("0s") Duration placementInterval,
            @DefaultValue("0s") Duration replicasInterval) {
        public Audit {
            check(
                    !lostBookiesInterval.isNegative()
                            && !missingCopiesInterval.isNegative()
                            && !placementInterval.isNegative()
                            && !replicasInterval.isNegative(),
                    "audit intervals must not be negative");
            check(percent >= 0 && percent <= 100, "audit.percent must lie between 0 and 100, was " + percent);
        }
    }

    /**
     * How bookies are chosen for copies; the same as that of the writers is best.
     *
     * @param policy What copies are kept apart by.
     * @param strict Whether a copy rather waits than goes where the policy does not want it.
     * @param minimum Racks, regions or zones that every write set must span.
     * @param repair Whether closed ledgers that fail the policy are marked and their copies moved.
     */
    public record Placement(
            @DefaultValue("any") PlacementConfig.Policy policy,
            boolean strict,
            @DefaultValue("2") int minimum,
            boolean repair) {
        public Placement {
            check(minimum >= 1, "placement.minimum must be positive, was " + minimum);
        }
    }

    /**
     * Evening out of bookies without an operator's order; {@code daybook cluster rebalance} is there in any case.
     *
     * @param enabled Whether the auditor orders it when bookies are uneven.
     * @param interval Between two looks; not shorter than bookies take to give space back.
     * @param tolerance Percent of disk use, or of the number of ledgers, between which bookies count as even.
     * @param maxMoves Ledgers moved by one job.
     */
    public record Rebalance(
            boolean enabled,
            @DefaultValue("1h") Duration interval,
            @DefaultValue("10") int tolerance,
            @DefaultValue("1000") int maxMoves) {
        public Rebalance {
            check(interval.toMillis() > 0, "rebalance.interval must be positive, was " + interval);
            check(
                    tolerance >= 1 && tolerance <= 100,
                    "rebalance.tolerance must lie between 1 and 100, was " + tolerance);
            check(
                    maxMoves >= 1 && maxMoves <= 5000,
                    "rebalance.max-moves must lie between 1 and 5000, was " + maxMoves);
        }
    }

    /**
     * Address of health and metrics.
     *
     * @param port Absent: nothing is served; 0 lets the operating system choose.
     * @param host Address to bind.
     */
    public record Http(
            @Nullable Integer port, @DefaultValue("0.0.0.0") String host) {
        public Http {
            check(port == null || (port >= 0 && port <= 65535), "http.port must lie between 0 and 65535, was " + port);
        }
    }
}
