package dev.daybook.core.read;

import dev.daybook.core.effect.Effect;

/** The core has no use for this entry. Every entry given to a core comes back here or in a completion. */
public record DiscardFromBatch<P>(VerifiedEntry<P> entry) implements Effect<BatchTraffic<P>> {
    @Override
    public void dispatch(BatchTraffic<P> handler) {
        handler.discardFromBatch(this);
    }
}
