package dev.daybook.client.net;

import dev.daybook.protocol.model.BookieId;
import java.net.InetSocketAddress;
import java.util.Optional;
import java.util.concurrent.CompletionStage;

/** Where bookies listen right now. Stages complete on any thread; the address is resolved to an IP. */
interface BookieAddresses {
    CompletionStage<Optional<InetSocketAddress>> find(BookieId bookie);
}
