package dev.daybook.simulator.net;

import dev.daybook.protocol.wire.BookieRequest;
import dev.daybook.protocol.wire.BookieResponse;

/** One message as the story and the directors of runs call it, for instance {@code add 3 w1>b2}. */
record Message(MessageKind kind, String what, String from, String to) {
    static Message of(BookieRequest request, String from, String to) {
        MessageKind kind = MessageKind.of(request);
        return new Message(kind, kind.word() + entryOf(request), from, to);
    }

    private static String entryOf(BookieRequest request) {
        if (request instanceof BookieRequest.Add add) {
            return " " + add.entryId();
        }
        return request instanceof BookieRequest.Read read && read.entryId() >= 0 ? " " + read.entryId() : "";
    }

    Message answer(BookieResponse response) {
        boolean entry = kind == MessageKind.READ
                && response instanceof BookieResponse.Read read
                && read.body().isPresent();
        return new Message(entry ? MessageKind.ENTRY : kind, "answer to " + what, to, from);
    }

    @Override
    public String toString() {
        return what + " " + from + ">" + to;
    }
}
