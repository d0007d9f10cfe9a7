package dev.daybook.simulator.net;

import dev.daybook.protocol.model.BookieId;
import dev.daybook.protocol.wire.BookieRequest;
import dev.daybook.protocol.wire.BookieResponse;
import java.util.function.Consumer;

/** A bookie as the network sees it. */
public interface Endpoint {
    BookieId id();

    /** Whether somebody listens there. */
    boolean isUp();

    /** Takes over the request's buffers. What is answered may come later, or never. */
    void receive(BookieRequest request, Consumer<BookieResponse> reply);
}
