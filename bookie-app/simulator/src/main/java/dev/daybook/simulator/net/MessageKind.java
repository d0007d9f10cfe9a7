package dev.daybook.simulator.net;

import dev.daybook.protocol.wire.BookieRequest;

/** What a message is about, as far as it matters which of two arrives first. */
enum MessageKind {
    ADD,
    RECOVERY_ADD,
    FENCE,
    READ,
    OTHER;

    static MessageKind of(BookieRequest request) {
        if (request instanceof BookieRequest.Add add) {
            return add.recovery() ? RECOVERY_ADD : ADD;
        } else if (request instanceof BookieRequest.Read read && read.longPoll().isEmpty()) {
            return read.fence() && read.entryId() < 0 ? FENCE : READ;
        }
        return OTHER;
    }
}
