package dev.daybook.core.job;

import dev.daybook.core.effect.Effect;
import dev.daybook.protocol.model.BookieId;

/** Ask a bookie to take no new entries, or take that back. */
public record HoldReadOnly(BookieId bookie, boolean held) implements Effect<JobTraffic> {
    @Override
    public void dispatch(JobTraffic handler) {
        handler.holdReadOnly(this);
    }
}
