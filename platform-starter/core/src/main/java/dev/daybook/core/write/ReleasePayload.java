package dev.daybook.core.write;

import dev.daybook.core.effect.Effect;

/** The core will not ask to send this entry again. Emitted exactly once per payload it was given. */
public record ReleasePayload<P>(long entryId, P payload) implements Effect<AddTraffic<P>> {
    @Override
    public void dispatch(AddTraffic<P> handler) {
        handler.releasePayload(this);
    }
}
