package dev.daybook.core.work;

import dev.daybook.core.effect.Effect;
import dev.daybook.protocol.model.LedgerId;

/** Fence, recover and close it. Answered by {@link RepairAgenda#onRecovered}. */
public record RecoverLedger(LedgerId ledger) implements Effect<WorkTraffic> {
    @Override
    public void dispatch(WorkTraffic handler) {
        handler.recoverLedger(this);
    }
}
