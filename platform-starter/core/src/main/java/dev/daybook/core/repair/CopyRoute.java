package dev.daybook.core.repair;

import dev.daybook.protocol.model.BookieId;

/** Requests whose answers take alike, as long as nobody is in their way. */
public record CopyRoute(BookieId bookie, Purpose purpose) {
    /** What is asked of the bookie. */
    public enum Purpose {
        READ,
        STORE
    }
}
