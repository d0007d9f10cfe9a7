package dev.daybook.simulator.repair;

import dev.daybook.core.audit.Search;
import dev.daybook.core.audit.SearchPlan;
import dev.daybook.core.effect.Dice;
import dev.daybook.core.work.WorkPace;
import dev.daybook.server.autorecovery.AutoRecoveryConfig;
import dev.daybook.server.autorecovery.Duty;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;

/**
 * How a run's cluster heals itself.
 *
 * @param healers processes of auto-recovery
 * @param spares bookies beside those that would be there otherwise
 * @param delaySeconds for which a single lost bookie is waited for
 * @param searchMillis between two searches for missing copies; 0: only on demand
 * @param garbageTicks about, between two passes of a bookie's collector
 * @param losses bookies that go away for good
 * @param moves bookies that are emptied
 * @param switches times at which auto-recovery is switched off for a while
 * @param partialListPercent of listings that lack ledgers
 * @param horizonTicks for which faults go on in addition
 */
public record HealingMix(
        int healers,
        int spares,
        long delaySeconds,
        long searchMillis,
        WorkPace pace,
        int ledgersAtOnce,
        long garbageTicks,
        int losses,
        int moves,
        int switches,
        int partialListPercent,
        int horizonTicks) {
    /** Of the clocks that auto-recovery goes by. */
    static final long TICK_MILLIS = 10;

    private static final int ALL_PERCENT = 100;
    private static final long MILLIS_PER_SECOND = 1000;

    public static HealingMix draw(Dice dice) {
        return new HealingMix(
                dice.pick(List.of(1, 2, 2, 3)),
                dice.pick(List.of(0, 1, 1, 2)),
                dice.pick(List.of(0, 0, 1, 2)),
                dice.pick(List.of(0, 8_000, 20_000)),
                new WorkPace(dice.pick(List.of(0, 500, 2000)), dice.pick(List.of(3_000, 10_000))),
                1 + dice.below(3),
                dice.pick(List.of(60, 150, 400)),
                dice.pick(List.of(0, 1, 1, 1, 2)),
                dice.pick(List.of(0, 0, 1, 1, 2)),
                dice.pick(List.of(0, 0, 0, 1)),
                dice.pick(List.of(0, 0, 30)),
                dice.pick(List.of(300, 800, 1500)));
    }

    AutoRecoveryConfig config(String name) {
        SearchPlan plan = new SearchPlan(searchMillis == 0 ? Map.of() : Map.of(Search.MISSING_COPIES, searchMillis));
        return new AutoRecoveryConfig(
                name,
                new AutoRecoveryConfig.Copying(ledgersAtOnce, 0, true),
                pace,
                new AutoRecoveryConfig.Audit(plan, delaySeconds, ALL_PERCENT, false),
                AutoRecoveryConfig.Jobs.ON_DEMAND,
                EnumSet.allOf(Duty.class));
    }

    public long graceTicks() {
        return pace.graceMillis() / TICK_MILLIS;
    }

    public long delayTicks() {
        return delaySeconds * MILLIS_PER_SECOND / TICK_MILLIS;
    }
}
