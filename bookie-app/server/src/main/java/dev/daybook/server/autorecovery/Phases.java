package dev.daybook.server.autorecovery;

import dev.daybook.core.repair.StallReason;
import dev.daybook.core.work.WorkState;
import dev.daybook.metrics.RecoveryMetrics;
import dev.daybook.metrics.RepairPhase;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;

/** What meters are told of the states of marked ledgers. */
final class Phases {
    private Phases() {}

    static void report(Map<WorkState, Integer> counts, RecoveryMetrics metrics) {
        Map<RepairPhase, Integer> phases = new EnumMap<>(RepairPhase.class);
        counts.forEach((state, count) -> phases.merge(of(state), count, Integer::sum));
        for (RepairPhase phase : RepairPhase.values()) {
            metrics.ledgers(phase, phases.getOrDefault(phase, 0));
        }
    }

    static String tagOf(StallReason reason) {
        return reason.name().toLowerCase(Locale.ROOT);
    }

    private static RepairPhase of(WorkState state) {
        return switch (state) {
            case WAITING_FOR_SLOT, DISABLED, RESUMING -> RepairPhase.WAITING;
            case TAKING, REPAIRING, RECOVERING, UNMARKING, RELEASING -> RepairPhase.WORKING;
            case GRACE_PERIOD -> RepairPhase.GRACE_PERIOD;
            case BACK_OFF, POSTPONED -> RepairPhase.BACK_OFF;
            case LOCKED_ELSEWHERE -> RepairPhase.LOCKED_ELSEWHERE;
            case PLACEMENT_ONLY -> RepairPhase.PLACEMENT_ONLY;
        };
    }
}
