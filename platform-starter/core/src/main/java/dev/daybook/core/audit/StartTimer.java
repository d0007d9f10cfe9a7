package dev.daybook.core.audit;

import dev.daybook.core.effect.Effect;

/** Call {@link Auditor#onTimer} after so many milliseconds. */
public record StartTimer(AuditTimer timer, long delayMillis) implements Effect<AuditTraffic> {
    @Override
    public void dispatch(AuditTraffic handler) {
        handler.startTimer(this);
    }
}
