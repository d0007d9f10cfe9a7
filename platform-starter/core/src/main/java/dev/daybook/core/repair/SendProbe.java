package dev.daybook.core.repair;

import dev.daybook.core.effect.Effect;
import dev.daybook.protocol.model.BookieId;

/** Ask one bookie whether it has a sound copy of one entry. Answered once; what it returns is not kept. */
public record SendProbe(BookieId bookie, long entryId) implements Effect<ProbeTraffic> {
    @Override
    public void dispatch(ProbeTraffic handler) {
        handler.sendProbe(this);
    }
}
