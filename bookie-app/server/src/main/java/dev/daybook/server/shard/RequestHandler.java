package dev.daybook.server.shard;

import dev.daybook.protocol.wire.BookieRequest;
import dev.daybook.protocol.wire.BookieResponse;
import java.util.function.Consumer;

/**
 * Executes requests of clients. The network side decodes, authenticates, encodes and limits; everything a request means
 * is decided behind this port.
 */
public interface RequestHandler {
    /**
     * Takes over the request's buffers. Calls {@code reply} exactly once, from any thread, now or later, with buffers
     * that then belong to the receiver. Requests of one ledger that come from one connection are executed in the order
     * of the calls; answers may overtake one another. Never receives AUTH and START_TLS.
     */
    void execute(BookieRequest request, Consumer<BookieResponse> reply);
}
