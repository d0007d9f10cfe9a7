package dev.daybook.core.work;

import dev.daybook.core.effect.Effect;
import dev.daybook.protocol.model.LedgerId;

/** Take its lock and read its mark. Answered by {@link RepairAgenda#onTaken}. */
public record TakeLedger(LedgerId ledger) implements Effect<WorkTraffic> {
    @Override
    public void dispatch(WorkTraffic handler) {
        handler.takeLedger(this);
    }
}
