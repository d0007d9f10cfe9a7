package dev.daybook.core.audit;

import dev.daybook.core.effect.Effect;

/** The timer is not waited for any more. */
public record CancelTimer(AuditTimer timer) implements Effect<AuditTraffic> {
    @Override
    public void dispatch(AuditTraffic handler) {
        handler.cancelTimer(this);
    }
}
