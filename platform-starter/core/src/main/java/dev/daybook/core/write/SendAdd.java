package dev.daybook.core.write;

import dev.daybook.core.effect.Effect;
import dev.daybook.protocol.model.BookieId;

/**
 * Send an entry to one bookie.
 *
 * @param position in the ensemble; comes back with the reply
 */
public record SendAdd<P>(int position, BookieId bookie, TakenEntry<P> entry) implements Effect<AddTraffic<P>> {
    public long entryId() {
        return entry.entryId();
    }

    public long lac() {
        return entry.lac();
    }

    public long length() {
        return entry.length();
    }

    public boolean recovery() {
        return entry.recovery();
    }

    public P payload() {
        return entry.payload();
    }

    @Override
    public void dispatch(AddTraffic<P> handler) {
        handler.sendAdd(this);
    }
}
