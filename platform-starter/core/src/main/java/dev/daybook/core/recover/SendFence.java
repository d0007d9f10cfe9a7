package dev.daybook.core.recover;

import dev.daybook.core.effect.Effect;
import dev.daybook.protocol.model.BookieId;

/** Send a fencing read of the last entry (id -1), with the master key. */
public record SendFence(int position, BookieId bookie) implements Effect<RecoveryTraffic<?>> {
    @Override
    public void dispatch(RecoveryTraffic<?> handler) {
        handler.sendFence(this);
    }
}
