package dev.daybook.core.read;

import dev.daybook.core.effect.Effect;
import dev.daybook.protocol.model.BookieId;

/**
 * Ask one bookie to answer when its last-add-confirmed passes {@code previousLac}, or when the time that is left for the
 * whole wait is over, and to enclose entry {@code previousLac + 1} if it has it.
 */
public record SendLongPoll(int position, BookieId bookie, long previousLac) implements Effect<TailTraffic<?>> {
    @Override
    public void dispatch(TailTraffic<?> handler) {
        handler.sendLongPoll(this);
    }
}
