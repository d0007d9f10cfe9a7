package dev.daybook.simulator.bookie;

import dev.daybook.protocol.model.EntryId;
import dev.daybook.protocol.wire.BookieRequest;
import dev.daybook.protocol.wire.BookieResponse;
import dev.daybook.simulator.check.BookieTruth;

/** What leaves a bookie is judged before anybody hears of it. */
final class WireTap {
    private WireTap() {}

    /** To be asked when a request comes in. */
    static boolean hasPromised(BookieTruth truth, BookieRequest request) {
        if (request instanceof BookieRequest.BatchRead batch) {
            return truth.hasPromised(batch.ledgerId(), batch.startEntryId());
        }
        return request instanceof BookieRequest.Read read && truth.hasPromised(read.ledgerId(), askedFor(read));
    }

    private static long askedFor(BookieRequest.Read read) {
        return read.longPoll().isPresent() ? EntryId.LAST_STORED : read.entryId();
    }

    /**
     * Checks the answer against everything that the bookie said before. Returns whether the moment is a good one to die.
     *
     * @param promised what {@link #hasPromised} said
     */
    static boolean judge(BookieTruth truth, BookieRequest request, boolean promised, BookieResponse response) {
        if (request instanceof BookieRequest.Add add) {
            truth.onAddAnswered(add.ledgerId(), add.entryId(), add.recovery(), add.isDeferredSync(), response.status());
            return add.recovery();
        }
        if (request instanceof BookieRequest.Read read) {
            truth.onReadAnswered(read.ledgerId(), askedFor(read), read.fence(), promised, response.status());
            return read.fence();
        }
        if (request instanceof BookieRequest.BatchRead batch) {
            truth.onReadAnswered(batch.ledgerId(), batch.startEntryId(), false, promised, response.status());
        }
        return false;
    }
}
