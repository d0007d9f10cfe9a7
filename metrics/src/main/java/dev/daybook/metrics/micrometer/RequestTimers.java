package dev.daybook.metrics.micrometer;

import dev.daybook.metrics.MeterNames;
import dev.daybook.metrics.RequestKind;
import dev.daybook.metrics.RequestStatus;
import io.micrometer.core.instrument.Timer;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * One timer per kind and status. Those of success exist from the start; of the others, more than a hundred, most never
 * happen, so each comes with its first use. After that, finding a timer is two array accesses.
 */
final class RequestTimers {
    private final EnumTable<RequestKind, EnumTable<RequestStatus, Slot>> slots;

    RequestTimers(Meters meters) {
        slots = new EnumTable<>(
                RequestKind.class,
                kind -> new EnumTable<>(RequestStatus.class, status -> new Slot(meters, kind, status)));
        for (RequestKind kind : RequestKind.values()) {
            if (kind != RequestKind.OTHER) {
                of(kind, RequestStatus.OK);
            }
        }
    }

    Timer of(RequestKind kind, RequestStatus status) {
        return slots.of(kind).of(status).timer();
    }

    private static final class Slot {
        private final Meters meters;
        private final RequestKind kind;
        private final RequestStatus status;
        private final AtomicReference<@Nullable Timer> registered = new AtomicReference<>();

        Slot(Meters meters, RequestKind kind, RequestStatus status) {
            this.meters = meters;
            this.kind = kind;
            this.status = status;
        }

        Timer timer() {
            Timer known = registered.get();
            return known != null ? known : register();
        }

        /** Two threads may both come here; the registry gives both the same timer. */
        private Timer register() {
            Timer timer = meters.timer(
                    MeterNames.BOOKIE_REQUESTS,
                    "Requests answered",
                    MeterNames.OPERATION,
                    kind.tag(),
                    MeterNames.STATUS,
                    status.tag());
            registered.set(timer);
            return timer;
        }
    }
}
