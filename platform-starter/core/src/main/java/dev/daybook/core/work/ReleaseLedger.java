package dev.daybook.core.work;

import dev.daybook.core.effect.Effect;
import dev.daybook.protocol.model.LedgerId;

/** Give its lock back. Answered by {@link RepairAgenda#onReleased}, whether that succeeded or not. */
public record ReleaseLedger(LedgerId ledger) implements Effect<WorkTraffic> {
    @Override
    public void dispatch(WorkTraffic handler) {
        handler.releaseLedger(this);
    }
}
