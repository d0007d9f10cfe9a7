package dev.daybook.core.read;

import dev.daybook.core.effect.Effect;
import dev.daybook.protocol.model.BookieId;

/**
 * Ask one bookie for a run of entries. The answer is unknown for a digest mismatch at the first entry; a mismatch later
 * shortens the run.
 *
 * @param position in the ensemble; comes back with the answer
 * @param maxCount at least 1
 * @param maxBytes of the whole answer; the first entry comes even if it is larger
 */
public record SendBatchRead(int position, BookieId bookie, long firstEntryId, int maxCount, long maxBytes)
        implements Effect<BatchTraffic<?>> {
    @Override
    public void dispatch(BatchTraffic<?> handler) {
        handler.sendBatchRead(this);
    }
}
