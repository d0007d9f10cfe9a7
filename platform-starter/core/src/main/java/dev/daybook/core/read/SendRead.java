package dev.daybook.core.read;

import dev.daybook.core.effect.Effect;
import dev.daybook.protocol.model.BookieId;

/**
 * Ask one bookie for one entry.
 *
 * @param position in the ensemble; comes back with the answer
 * @param fence recovery read: with the fencing flag, the master key and high priority
 */
public record SendRead(int position, BookieId bookie, long entryId, boolean fence) implements Effect<ReadTraffic<?>> {
    @Override
    public void dispatch(ReadTraffic<?> handler) {
        handler.sendRead(this);
    }
}
