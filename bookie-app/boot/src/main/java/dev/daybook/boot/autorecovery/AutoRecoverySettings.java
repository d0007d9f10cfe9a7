package dev.daybook.boot.autorecovery;

import dev.daybook.client.ClientConfig;
import dev.daybook.client.PlacementConfig;
import dev.daybook.client.PlacementConfig.Spread;
import dev.daybook.client.meta.MetadataUri;
import dev.daybook.core.audit.Search;
import dev.daybook.core.audit.SearchPlan;
import dev.daybook.core.job.BalanceLimits;
import dev.daybook.core.job.JobPace;
import dev.daybook.core.work.WorkPace;
import dev.daybook.server.autorecovery.AutoRecoveryConfig;
import java.util.Map;
import java.util.Optional;

/** Turns properties into what auto-recovery and its client are told. */
final class AutoRecoverySettings {
    private AutoRecoverySettings() {}

    static AutoRecoveryConfig of(AutoRecoveryProperties properties, String name) {
        AutoRecoveryProperties.Audit audit = properties.audit();
        SearchPlan plan = new SearchPlan(Map.of(
                Search.LOST_BOOKIES, audit.lostBookiesInterval().toMillis(),
                Search.MISSING_COPIES, audit.missingCopiesInterval().toMillis(),
                Search.PLACEMENT, audit.placementInterval().toMillis(),
                Search.REPLICA_COUNT, audit.replicasInterval().toMillis()));
        return new AutoRecoveryConfig(
                properties.explicitName().orElse(name),
                new AutoRecoveryConfig.Copying(
                        properties.ledgersAtOnce(), properties.rate().toBytes(), properties.giveWay()),
                new WorkPace(
                        properties.gracePeriod().toMillis(),
                        properties.backOff().toMillis()),
                new AutoRecoveryConfig.Audit(
                        plan,
                        properties.lostBookieDelay().toSeconds(),
                        audit.percent(),
                        properties.placement().repair()),
                jobs(properties),
                properties.duties());
    }

    private static AutoRecoveryConfig.Jobs jobs(AutoRecoveryProperties properties) {
        AutoRecoveryProperties.Rebalance rebalance = properties.rebalance();
        return new AutoRecoveryConfig.Jobs(
                JobPace.DEFAULT.withGrace(properties.gracePeriod().toMillis()),
                rebalance.enabled()
                        ? Optional.of(new AutoRecoveryConfig.Balancing(
                                rebalance.interval().toMillis(),
                                new BalanceLimits(rebalance.tolerance(), rebalance.maxMoves())))
                        : Optional.empty());
    }

    static ClientConfig client(AutoRecoveryProperties properties, MetadataUri uri) {
        AutoRecoveryProperties.Placement placement = properties.placement();
        Spread spread = Spread.over(placement.policy(), placement.minimum());
        PlacementConfig defaults = PlacementConfig.DEFAULT;
        return ClientConfig.of(uri)
                .withPlacement(new PlacementConfig(
                        placement.strict() ? spread.strictly() : spread,
                        defaults.topology(),
                        defaults.weights(),
                        defaults.quarantine()));
    }
}
