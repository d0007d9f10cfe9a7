package dev.daybook.core.work;

import dev.daybook.core.effect.Effect;
import dev.daybook.protocol.model.LedgerId;

/**
 * Stop what was begun for the ledger by {@link RepairLedger}, {@link RecoverLedger} or {@link UnmarkLedger}, as far as it
 * can be stopped. Not answered, and neither is what it stops.
 */
public record AbandonRepair(LedgerId ledger) implements Effect<WorkTraffic> {
    @Override
    public void dispatch(WorkTraffic handler) {
        handler.abandonRepair(this);
    }
}
