package dev.daybook.core.work;

import dev.daybook.core.effect.Effect;
import dev.daybook.protocol.model.LedgerId;

/** Remove its mark unless it was marked again since it was taken. Answered by {@link RepairAgenda#onUnmarked}. */
public record UnmarkLedger(LedgerId ledger) implements Effect<WorkTraffic> {
    @Override
    public void dispatch(WorkTraffic handler) {
        handler.unmarkLedger(this);
    }
}
