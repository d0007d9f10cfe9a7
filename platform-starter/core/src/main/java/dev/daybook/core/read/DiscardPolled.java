package dev.daybook.core.read;

import dev.daybook.core.effect.Effect;

/** The core has no use for this entry; the driver may free its payload. */
public record DiscardPolled<P>(VerifiedEntry<P> entry) implements Effect<TailTraffic<P>> {
    @Override
    public void dispatch(TailTraffic<P> handler) {
        handler.discardPolled(this);
    }
}
