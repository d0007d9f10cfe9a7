package dev.daybook.server.autorecovery;

import dev.daybook.core.repair.RepairTally;
import dev.daybook.core.repair.StallReason;
import dev.daybook.core.work.LedgerWork;
import dev.daybook.core.work.WorkState;
import java.util.List;
import java.util.Map;

/**
 * What a worker does, and why it does not do more.
 *
 * @param enabled whether auto-recovery is switched on in the cluster
 * @param ledgersAtOnce repairs at the same time, at most: see {@link AutoRecoveryConfig} and the cluster's limits
 * @param bytesPerSecond that they may read; 0 for no limit
 * @param ledgers how many marked ledgers are in which state
 * @param stalls how many of them wait for which reason since their last attempt
 * @param works some of them
 * @param totals since the start
 * @param lastTrouble one sentence about the last attempt that failed; empty if none did
 */
public record RepairActivity(
        boolean enabled,
        int ledgersAtOnce,
        long bytesPerSecond,
        Map<WorkState, Integer> ledgers,
        Map<StallReason, Integer> stalls,
        List<Work> works,
        Totals totals,
        String lastTrouble) {
    public RepairActivity {
        ledgers = Map.copyOf(ledgers);
        stalls = Map.copyOf(stalls);
        works = List.copyOf(works);
    }

    /**
     * One marked ledger.
     *
     * @param progress of the repair that is under way
     */
    public record Work(LedgerWork work, RepairTally progress) {}

    /**
     * What was done, also by repairs that have not ended.
     *
     * @param repaired ledgers that were made whole
     * @param stalled attempts that left copies missing
     * @param copies entries written
     * @param bytes payload bytes of them
     */
    public record Totals(long repaired, long stalled, long copies, long bytes) {
        static final Totals NOTHING = new Totals(0, 0, 0, 0);

        Totals plus(RepairTally tally, boolean whole) {
            return new Totals(
                    repaired + (whole ? 1 : 0),
                    stalled + (whole ? 0 : 1),
                    copies + tally.copies(),
                    bytes + tally.bytes());
        }

        Totals plusUnderWay(RepairTally tally) {
            return new Totals(repaired, stalled, copies + tally.copies(), bytes + tally.bytes());
        }
    }
}
