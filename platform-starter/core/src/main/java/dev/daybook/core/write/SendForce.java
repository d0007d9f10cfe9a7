package dev.daybook.core.write;

import dev.daybook.core.effect.Effect;
import dev.daybook.protocol.model.BookieId;

/**
 * Ask one bookie to put on disk whatever it has acknowledged. It must travel over the connection that brought those
 * acknowledgements: a bookie that was started again knows nothing of what it lost. Answered by
 * {@link LedgerWriter#onForceReply}, once. Source: wire protocol, section 6.7.
 *
 * @param position in the ensemble; comes back with the reply
 */
public record SendForce(long forceId, int position, BookieId bookie) implements Effect<WriterTraffic<?>> {
    @Override
    public void dispatch(WriterTraffic<?> handler) {
        handler.sendForce(this);
    }
}
