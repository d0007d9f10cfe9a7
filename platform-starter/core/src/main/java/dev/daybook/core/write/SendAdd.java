package dev.daybook.core.write;

import dev.daybook.core.effect.Effect;
import dev.daybook.protocol.model.BookieId;

/**
 * Send an entry to one bookie. All sends of an entry by one core carry the same {@code lac}, {@code length} and
 * payload, so the packet can be built and digested once and kept until {@link ReleasePayload}.
 *
 * @param position in the ensemble; comes back with the reply
 * @param lac for the packet header
 * @param length for the packet header: payload bytes of the ledger up to and including this entry
 * @param recovery send with the recovery flag and high priority: the bookie accepts it although it is fenced
 */
public record SendAdd<P>(
        int position, BookieId bookie, long entryId, long lac, long length, P payload, boolean recovery)
        implements Effect<AddTraffic<P>> {
    @Override
    public void dispatch(AddTraffic<P> handler) {
        handler.sendAdd(this);
    }
}
