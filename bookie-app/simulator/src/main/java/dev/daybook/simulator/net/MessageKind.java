package dev.daybook.simulator.net;

import dev.daybook.protocol.wire.BookieRequest;

/** What a message is about, as far as it matters which of two arrives first. */
enum MessageKind {
    ADD("add"),
    RECOVERY_ADD("write-back"),
    FENCE("fence"),
    READ("read"),
    /** An answer that carries an entry, and may take longer than one that only says that there is none. */
    ENTRY("entry"),
    OTHER("other");

    private final String word;

    MessageKind(String word) {
        this.word = word;
    }

    String word() {
        return word;
    }

    static MessageKind of(BookieRequest request) {
        if (request instanceof BookieRequest.Add add) {
            return add.recovery() ? RECOVERY_ADD : ADD;
        } else if (request instanceof BookieRequest.Read read && read.longPoll().isEmpty()) {
            return read.fence() && read.entryId() < 0 ? FENCE : READ;
        }
        return OTHER;
    }
}
