package dev.daybook.server.refill;

import dev.daybook.core.repair.CompleteRepair;
import dev.daybook.core.repair.Stall;
import dev.daybook.core.repair.StallReason;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Decides what follows an attempt to give one ledger back. Why limbo may end then is argued in decision record 24. No I/O
 * and no clock. Not thread-safe.
 */
final class RefillAgenda {
    private final long graceMillis;

    /** When a ledger was first found to be open at its end here. */
    private final Map<Long, Long> openSinceMillis = new HashMap<>();

    private final Set<Long> recoveredThisRound = new HashSet<>();
    private Map<Long, String> lockHolders = Map.of();

    /** @param graceMillis how long the writer of an open ledger is left alone */
    RefillAgenda(long graceMillis) {
        this.graceMillis = graceMillis;
    }

    /** What comes next for a ledger. */
    sealed interface Step {
        /** Everything that was acknowledged here is here. */
        record EndLimbo() implements Step {}

        /** Only when the ledger is closed it is known what was acknowledged here. */
        record Recover() implements Step {}

        /** @param why one sentence for a person */
        record Stay(String why) implements Step {}
    }

    /**
     * @param limbo all that are in limbo now; others are forgotten
     * @param newLockHolders by ledger, listed before any metadata are read in this round
     */
    void beginRound(Set<Long> limbo, Map<Long, String> newLockHolders) {
        openSinceMillis.keySet().retainAll(limbo);
        lockHolders = Map.copyOf(newLockHolders);
        recoveredThisRound.clear();
    }

    Step afterAttempt(long ledgerId, CompleteRepair.Outcome outcome, long nowMillis) {
        if (outcome instanceof CompleteRepair.Outcome.Stalled stalled) {
            return afterStall(ledgerId, stalled.stalls(), nowMillis);
        }
        openSinceMillis.remove(ledgerId);
        if (outcome instanceof CompleteRepair.Outcome.Whole && lockHolders.containsKey(ledgerId)) {
            return new Step.Stay("It is locked for repair by " + lockHolders.get(ledgerId)
                    + ", so copies may have been made here that the metadata do not name yet.");
        }
        return new Step.EndLimbo();
    }

    private Step afterStall(long ledgerId, List<Stall> stalls, long nowMillis) {
        boolean open = stalls.stream().anyMatch(stall -> stall.reason() == StallReason.OPEN);
        if (open) {
            long waitedMillis = nowMillis - openSinceMillis.computeIfAbsent(ledgerId, any -> nowMillis);
            if (waitedMillis >= graceMillis && recoveredThisRound.add(ledgerId)) {
                return new Step.Recover();
            }
        }
        return new Step.Stay(stalls.get(0).detail());
    }

    /** Whether some ledger only waits for its writer. */
    boolean waitsForWriters(long nowMillis) {
        return openSinceMillis.values().stream().anyMatch(since -> nowMillis - since < graceMillis);
    }
}
