package dev.daybook.core.write;

import dev.daybook.core.effect.Effect;

/** The metadata service is out of reach: call {@link LedgerWriter#onRetryDue} after a pause of the driver's choice. */
public record RetryLater() implements Effect<WriterTraffic<?>> {
    @Override
    public void dispatch(WriterTraffic<?> handler) {
        handler.retryLater(this);
    }
}
