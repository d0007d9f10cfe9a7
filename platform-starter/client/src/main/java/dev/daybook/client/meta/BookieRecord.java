package dev.daybook.client.meta;

import dev.daybook.protocol.model.BookieId;
import dev.daybook.protocol.model.BookieServiceInfo;

/** What the metadata service knows of one bookie. A bookie that is down publishes no endpoints. */
public record BookieRecord(BookieId id, State state, BookieServiceInfo service) {
    /** {@code DOWN}: a cookie exists, but no registration. */
    public enum State {
        WRITABLE,
        READ_ONLY,
        DOWN
    }
}
